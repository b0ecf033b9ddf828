import { describe, expect, it } from 'vitest';
import { createDailyWindow, firstCounted } from '../../src/run/daily-window.ts';

const now = Date.UTC(2026, 10, 21, 10, 0, 30, 400);
const second = Math.floor(now / 1_000);
const day = 86_400_000;

describe('a daily window', () => {
  it('has the room of its cap where nothing went out yet', () => {
    expect(createDailyWindow(100, []).room(now)).toBe(100);
  });

  it('counts what earlier executions handed over', () => {
    const window = createDailyWindow(100, [
      { second: second - 3_600, messages: 60 },
      { second: second - 60, messages: 15 },
    ]);
    expect(window.room(now)).toBe(25);
  });

  it('counts what is under way as gone out, until it turns out not to be', () => {
    const window = createDailyWindow(100, []);
    window.depart(40);
    expect(window.room(now)).toBe(60);
    window.settle(10, 0, now);
    expect(window.room(now)).toBe(70);
    window.settle(30, 25, now);
    expect(window.room(now)).toBe(75);
  });

  it('counts a second until the whole of it is a day old', () => {
    const window = createDailyWindow(100, [{ second, messages: 100 }]);
    const over = (second + 1) * 1_000 + day;
    expect(window.room(over - 1)).toBe(0);
    expect(window.room(over)).toBe(100);
  });

  it('has no room where more went out than the cap allows by now', () => {
    expect(createDailyWindow(50, [{ second, messages: 80 }]).room(now)).toBe(0);
  });

  it.each([
    [1, second - 20],
    [30, second - 20],
    [31, second - 10],
    [60, second - 10],
    [61, second],
    // no more than the cap can ever go at once
    [500, second],
  ])('opens for %d messages once those that left first are a day old', (messages, last) => {
    const window = createDailyWindow(100, [
      { second: second - 20, messages: 30 },
      { second: second - 10, messages: 30 },
      { second, messages: 40 },
    ]);
    expect(window.opensAt(messages)).toBe((last + 1) * 1_000 + day);
  });

  it('asks for what went out from the whole second on that still counts', () => {
    expect(firstCounted(now)).toBe(Date.UTC(2026, 10, 20, 10, 0, 30));
  });
});
