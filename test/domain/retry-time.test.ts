import { describe, expect, it } from 'vitest';
import { type CatalogueEntry, lookUp } from '../../src/domain/catalogue.ts';
import { retryAt } from '../../src/domain/retry-time.ts';

const endedAt = Date.UTC(2026, 2, 1, 12);

function entryOf(code: string): CatalogueEntry {
  const entry = lookUp(code);
  if (entry === null) throw new Error(`no such code: ${code}`);
  return entry;
}

describe('retryAt', () => {
  it.each([
    ['131049', 24 * 3600],
    ['131056', 6],
    ['132015', 3 * 3600],
    ['ContentMD5NotMatched', 60],
    ['isv.DAY_LIMIT_CONTROL', 24 * 3600],
  ])('lets a row refused with %s wait %d seconds', (code, seconds) => {
    expect(retryAt(entryOf(code), { reason: 'no', endedAt }, endedAt)).toBe(endedAt + seconds * 1000);
  });

  it('is now once the wait is over', () => {
    expect(retryAt(entryOf('131056'), { reason: 'no', endedAt }, endedAt + 7_000)).toBe(endedAt + 7_000);
  });

  it.each([
    ['触发分钟级流控Permits:1', Date.UTC(2026, 2, 1, 12, 1)],
    ['业务限流: 触发小时级流控Permits:5', Date.UTC(2026, 2, 1, 13)],
    ['触发天级流控Permits:40', Date.UTC(2026, 2, 2, 12)],
    ['The flow control of the business was triggered.', Date.UTC(2026, 2, 2, 12)],
  ])('is what the words of a limit of the number say: %s', (reason, at) => {
    expect(retryAt(entryOf('isv.BUSINESS_LIMIT_CONTROL'), { reason, endedAt }, endedAt)).toBe(at);
    expect(retryAt(entryOf('isv.BUSINESS_LIMIT_CONTROL'), { reason, endedAt }, at + 1)).toBe(at + 1);
  });

  it('is never where the same message will be refused again', () => {
    expect(retryAt(entryOf('131026'), { reason: 'no', endedAt }, endedAt)).toBeNull();
  });

  it('is never where the message may have gone out', () => {
    expect(retryAt(entryOf('InternalError'), { reason: 'no', endedAt }, endedAt)).toBeNull();
  });
});
