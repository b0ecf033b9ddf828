import { describe, expect, it } from 'vitest';
import type { ProgressSnapshot } from '../../../src/cli/render/progress.ts';
import { openProgressDisplay, type ProgressStream } from '../../../src/cli/render/progress-display.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { screenStream } from './screen-stream.ts';

function snapshot(done: number): ProgressSnapshot {
  return { done, total: 100, accepted: done, rejected: 0, unknown: 0, throttled: 0, perSecond: 10, etaMs: 5000 };
}

function display(stream: ProgressStream) {
  const clock = fakeClock();
  return { clock, shown: openProgressDisplay({ stream, clock, colour: false, emulated: false }) };
}

describe('on a terminal', () => {
  it('draws at once and then at most every tenth of a second', async () => {
    const screen = screenStream(60);
    const { clock, shown } = display(screen);
    shown.update(snapshot(1));
    expect(screen.lines()[0]).toContain('1/100');
    shown.update(snapshot(2));
    expect(screen.lines()[0]).toContain('1/100');
    await clock.advance(100);
    expect(screen.lines()[0]).toContain('2/100');
    expect(screen.lines()).toHaveLength(2);
  });

  it('writes nothing where nothing has changed', async () => {
    const screen = screenStream(60);
    const { clock, shown } = display(screen);
    shown.update(snapshot(1));
    const writes = screen.writes();
    await clock.advance(100);
    shown.update(snapshot(1));
    await clock.advance(1000);
    expect(screen.writes()).toBe(writes);
  });

  it('draws over the last drawing in one write, without erasing it first', async () => {
    const screen = screenStream(60);
    const { clock, shown } = display(screen);
    shown.update(snapshot(1));
    const writes = screen.writes();
    shown.update(snapshot(50));
    await clock.advance(100);
    expect(screen.writes()).toBe(writes + 1);
    expect(screen.lastWrite().startsWith('\r\u001B[1A')).toBe(true);
    expect(screen.lastWrite().indexOf('\u001B[J')).toBeGreaterThan(screen.lastWrite().indexOf('50/100'));
  });

  it('prints lines above the figures', () => {
    const screen = screenStream(60);
    const { shown } = display(screen);
    shown.print('before');
    shown.update(snapshot(1));
    shown.print('stopped: the balance is too low');
    shown.print('two\nlines');
    expect(screen.lines().slice(0, 4)).toEqual(['before', 'stopped: the balance is too low', 'two', 'lines']);
    expect(screen.lines()[4]).toContain('1/100');
    expect(screen.lines()).toHaveLength(6);
  });

  it('leaves no trace but the printed lines, and a visible cursor', () => {
    const screen = screenStream(60);
    const { shown } = display(screen);
    shown.print('before');
    shown.update(snapshot(1));
    expect(screen.cursorShown()).toBe(false);
    shown.close();
    shown.close();
    shown.update(snapshot(2));
    shown.print('after');
    expect(screen.lines()).toEqual(['before', 'after']);
    expect(screen.cursorShown()).toBe(true);
    expect(screen.listeners()).toBe(0);
  });

  it('draws again for the new width, whole, when the terminal becomes narrower', () => {
    const screen = screenStream(120);
    const { shown } = display(screen);
    shown.print('before');
    shown.update(snapshot(1));
    expect(screen.lines()).toHaveLength(2);
    screen.resize(40);
    expect(screen.lines()).toEqual([
      'before',
      '░░░░░░░░░░░░░ 1/100  1%  10/s  5 s left',
      'accepted 1  rejected 0  unknown 0  thr…',
    ]);
  });

  it('draws again when the terminal becomes wider', () => {
    const screen = screenStream(40);
    const { shown } = display(screen);
    shown.update(snapshot(1));
    expect(screen.lines()).toHaveLength(2);
    screen.resize(120);
    expect(screen.lines()).toHaveLength(1);
  });
});

describe('elsewhere', () => {
  it('writes a line at once and then every ten seconds, with the newest figures', async () => {
    const screen = screenStream(null);
    const { clock, shown } = display(screen);
    shown.update(snapshot(1));
    shown.update(snapshot(2));
    await clock.advance(9_999);
    expect(screen.lines()).toEqual(['1 of 100 (1%), 10/s, 5 s left: accepted 1, rejected 0, unknown 0, throttled 0']);
    shown.update(snapshot(3));
    await clock.advance(1);
    expect(screen.lines()[1]).toBe('3 of 100 (3%), 10/s, 5 s left: accepted 3, rejected 0, unknown 0, throttled 0');
  });

  it('uses no control sequence and stops when closed', async () => {
    const screen = screenStream(null);
    const { clock, shown } = display(screen);
    shown.update(snapshot(1));
    shown.print('stopping');
    shown.close();
    shown.update(snapshot(2));
    await clock.advance(60_000);
    expect(screen.lines()).toHaveLength(2);
    expect(screen.lines()[1]).toBe('stopping');
    expect(screen.lines().join('')).not.toContain('\u001B');
  });
});
