import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlanWriter } from '../../src/adapters/checkpoints/sqlite/plan-writer.ts';
import { openRunReader } from '../../src/adapters/checkpoints/sqlite/run-reader.ts';
import { campaignDigest } from '../../src/campaign/canonical-campaign.ts';
import { type CheckedPlan, checkPlan, type MakePlanOptions, makePlan } from '../../src/campaign/make-plan.ts';
import { version } from '../../src/domain/version.ts';
import { aTemplate } from '../support/a-template.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { flatten } from '../support/flatten.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/lists.ts';
import { planRecord } from '../support/plan-record.ts';
import { aCampaign, detailOf, freezeOptions, listOf, templatesOf } from './plan-scene.ts';

const good = [
  ['8613800100001', 'Ann'],
  ['8613800100002', 'Ben'],
];
const bad = ['?', 'Nobody'];
const at = Date.UTC(2026, 10, 21);

let folder: TemporaryFolder;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'some.run');
});
afterEach(() => folder[Symbol.asyncDispose]());

function options(rows: readonly (readonly string[])[], changes: Partial<MakePlanOptions> = {}): MakePlanOptions {
  const campaign = aCampaign();
  return {
    ...freezeOptions({ campaign, recipients: listOf(['phone', 'name'], rows), clock: fakeClock(at) }),
    writer: openPlanWriter(path, campaign),
    service: { kind: 'emulator', endpoint: 'http://127.0.0.1:4010' },
    fallbackService: null,
    account: async () => planRecord().account,
    limits: { skipInvalid: false, maxInvalid: null, maxMessages: null, maxSpendMicros: null },
    validForMs: null,
    onChecked: async () => {},
    ...changes,
  };
}

describe('making a plan', () => {
  it('freezes what was checked into its run file', async () => {
    const plan = await makePlan(options(good, { validForMs: 3_600_000 }));
    expect(plan).toMatchObject({
      version,
      campaign: aCampaign(),
      service: { kind: 'emulator', endpoint: 'http://127.0.0.1:4010' },
      account: { kind: 'key', keyId: 'LTAI****abcd' },
      plannedAt: at,
      validUntil: at + 3_600_000,
      columns: ['phone', 'name'],
      templates: [{ channel: 'whatsapp', code: 'order_shipped', language: 'en', detail: detailOf(aTemplate()) }],
      digests: {
        campaign: campaignDigest(aCampaign()),
        list: 'digest-of-the-list',
        template: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      summary: { rows: 2, toSend: 2 },
    });
    const reader = openRunReader(path);
    expect(reader.plan).toEqual(plan);
    expect((await flatten(reader.messages())).map(({ row }) => row)).toEqual([2, 3]);
    reader.close();
  });

  it('gives every plan an id of its own', async () => {
    const first = await makePlan(options(good));
    path = join(folder.path, 'other.run');
    const second = await makePlan(options(good));
    expect(first.runId).not.toBe(second.runId);
    expect(first.digests).toEqual(second.digests);
  });

  it('shows the plan before there is a file, with why it may not go, and leaves none', async () => {
    const shown: unknown[] = [];
    const onChecked = async ({ refused, findingGroups, invalidRows }: CheckedPlan) => {
      shown.push(existsSync(path), refused?.message);
      shown.push(findingGroups.find(({ severity }) => severity === 'error')?.first.map(({ row }) => row));
      shown.push((await flatten(invalidRows())).map(({ row }) => row));
    };
    const refusal = { code: 'PLAN_REFUSED', kind: 'invalid', message: '1 of 3 rows is invalid' };
    await expect(makePlan(options([...good, bad], { onChecked }))).rejects.toMatchObject(refusal);
    expect(shown).toEqual([false, '1 of 3 rows is invalid', [4], [4]]);
    expect(existsSync(path)).toBe(false);
    // And its place is free.
    await makePlan(options(good));
  });

  it('leaves invalid rows out where it may', async () => {
    const limits = { skipInvalid: true, maxInvalid: null, maxMessages: null, maxSpendMicros: null };
    const plan = await makePlan(options([bad, ...good], { limits }));
    expect(plan.summary).toMatchObject({ rows: 3, toSend: 2, invalid: 1 });
  });

  it.each([
    ['the person who sees it leaves', { onChecked: () => Promise.reject(new Error('left')) }, 'left'],
    [
      'the template cannot be looked up',
      { templates: { find: () => Promise.reject(new Error('no answer')) } },
      'no answer',
    ],
  ])('leaves no file when %s', async (_name, changes, message) => {
    await expect(makePlan(options(good, changes))).rejects.toThrow(message);
    expect(existsSync(path)).toBe(false);
    await makePlan(options(good));
  });
});

describe('checking a plan', () => {
  it('asks whose credentials are used once the list is read, and not where reading stopped early', async () => {
    let asked = 0;
    const account = async () => {
      asked += 1;
      return null;
    };
    const missing = options(good, { account, templates: templatesOf() });
    expect((await checkPlan(missing)).plan.account).toBeNull();
    expect(asked).toBe(0);
    missing.writer.discard();
    const whole = options(good);
    expect((await checkPlan(whole)).plan.account).toEqual({ kind: 'key', keyId: 'LTAI****abcd' });
    whole.writer.discard();
  });

  it('names at most five rows of each finding', async () => {
    const checking = options(Array(8).fill(bad), { writer: openPlanWriter(null, aCampaign()) });
    const { findingGroups, refused } = await checkPlan(checking);
    const group = findingGroups.find(({ severity }) => severity === 'error');
    expect([group?.count, group?.first.map(({ row }) => row)]).toEqual([8, [2, 3, 4, 5, 6]]);
    expect(refused?.message).toBe('8 of 8 rows are invalid');
    checking.writer.discard();
  });
});
