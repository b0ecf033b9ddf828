import { expect, it } from 'vitest';
import { openReviewDisplay } from '../../../src/cli/render/review-display.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { screenStream } from './screen-stream.ts';

it('turns on one line of a terminal, and says for how long', async () => {
  const clock = fakeClock();
  const screen = screenStream(80);
  const display = openReviewDisplay(screen, clock);
  display.update(['en', 'zh_CN']);
  expect(screen.lines()).toEqual(['⠙ in review: en, zh_CN (under 1 s)']);
  await clock.advance(120);
  expect(screen.lines()).toEqual(['⠹ in review: en, zh_CN (under 1 s)']);
  display.update(['zh_CN']);
  await clock.advance(65_000);
  expect(screen.lines()).toEqual([expect.stringMatching(/^. in review: zh_CN \(1 min 5 s\)$/u)]);
});

it('leaves nothing behind, and turns no more', async () => {
  const clock = fakeClock();
  const screen = screenStream(80);
  const display = openReviewDisplay(screen, clock);
  display.update(['en']);
  display.clear();
  expect(screen.lines()).toEqual([]);
  const before = screen.writes();
  await clock.advance(10_000);
  expect(screen.writes()).toBe(before);
});

it('is cut to the width of the terminal', () => {
  const screen = screenStream(24);
  openReviewDisplay(screen, fakeClock()).update(['en', 'zh_CN', 'pt_BR', 'es']);
  expect(screen.lines()).toEqual(['⠙ in review: en, zh_CN…']);
});

it('says nothing where there is no terminal', async () => {
  const clock = fakeClock();
  const screen = screenStream(null);
  const display = openReviewDisplay(screen, clock);
  display.update(['en']);
  await clock.advance(10_000);
  display.clear();
  expect(screen.writes()).toBe(0);
});
