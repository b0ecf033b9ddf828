/**
 * Counts what went out in the last 24 hours, before this execution and in it, so that a run stays within its daily cap.
 * Kept by the second, so that a day of any size fits in memory; a second counts until the whole of it is a day old.
 */
import type { HandedOver } from '../domain/checkpoint.ts';
import { dayMs } from '../domain/daily-cap.ts';

export interface DailyWindow {
  readonly cap: number;
  /** Messages that may leave now. What is under way counts as gone out, since it may have. */
  room(now: number): number;
  /** So many messages are about to leave. */
  depart(messages: number): void;
  /** Of `messages` that departed, `gone` went out or may have; the others make room again. */
  settle(messages: number, gone: number, departedAt: number): void;
  /** The moment after which so many messages, or as many as the cap allows, may go; for a window without room. */
  opensAt(messages: number): number;
}

/** `before` is what earlier executions handed over, oldest first. */
export function createDailyWindow(cap: number, before: readonly HandedOver[]): DailyWindow {
  /** Messages by the second since 1970, the oldest first. */
  const seconds = new Map<number, number>();
  let counted = 0;
  let underWay = 0;

  function count(second: number, messages: number): void {
    seconds.set(second, (seconds.get(second) ?? 0) + messages);
    counted += messages;
  }

  function forget(now: number): void {
    for (const [second, messages] of seconds) {
      if (endOfDay(second) > now) return;
      seconds.delete(second);
      counted -= messages;
    }
  }

  for (const { second, messages } of before) count(second, messages);

  return {
    cap,
    room(now) {
      forget(now);
      return Math.max(0, cap - counted - underWay);
    },
    depart(messages) {
      underWay += messages;
    },
    settle(messages, gone, departedAt) {
      underWay -= messages;
      if (gone > 0) count(Math.floor(departedAt / 1_000), gone);
    },
    opensAt(messages) {
      const wanted = Math.min(messages, cap);
      let free = cap - counted - underWay;
      let moment = 0;
      for (const [second, gone] of seconds) {
        if (free >= wanted) break;
        free += gone;
        moment = endOfDay(second);
      }
      return moment;
    },
  };
}

/** The moment from which on handed-over messages count. */
export function firstCounted(now: number): number {
  return Math.floor((now - dayMs) / 1_000) * 1_000;
}

/** When what left in this second is a day old. */
function endOfDay(second: number): number {
  return (second + 1) * 1_000 + dayMs;
}
