/**
 * Reconciling text messages: the details of a number tell our own id of a request, and neither the id under which it was
 * accepted nor, perhaps, the words.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSmsMessageLog } from '../../src/adapters/providers/sms/message-log.ts';
import { type Reconciliation, reconcile } from '../../src/campaign/reconcile.ts';
import type { AcceptedTo, Resolution, UnknownRow } from '../../src/domain/checkpoint.ts';
import type { Message, SmsContent } from '../../src/domain/message.ts';
import { ownRequestId } from '../../src/domain/own-request-id.ts';
import type { SendDetail } from '../../src/domain/sms/send-details.ts';
import { renderSms } from '../../src/domain/sms/sms-text.ts';
import { anSms, anSmsTemplate } from '../support/an-sms.ts';
import { fakeClock } from '../support/fake-clock.ts';

const begin = Date.UTC(2026, 2, 1);
const second = 1_000;
const dayMs = 86_400 * second;
const runId = 'b7c2';
const ann = '8613800000001';
const bob = '8613800000002';
const template = anSmsTemplate();

/** A request of the run, in the order of the list, and what became of it. */
interface Sent {
  readonly rows: readonly number[];
  readonly end: 'accepted' | 'cut before' | 'cut after' | 'refused';
}

/** What the service shows of the words. */
type Shown = 'words' | 'masked' | 'nothing';

interface Scene {
  /** The numbers of the rows from 2 on. */
  readonly numbers: readonly string[];
  readonly requests: readonly Sent[];
  readonly content?: (row: number) => Partial<SmsContent>;
  readonly shown?: Shown;
  /** What the service has of messages that are not of this run. */
  readonly strangers?: readonly (Partial<SendDetail> & { readonly to: string })[];
  /** Requests that the service does not find by their ids. */
  readonly unfound?: readonly number[];
  /** When it is asked, after the beginning. */
  readonly startsAfterMs?: number;
}

interface Taken extends SendDetail {
  readonly to: string;
  readonly bizId: string;
}

interface Played {
  readonly result: Reconciliation;
  /** By row: found in the details, or put back in line. */
  readonly ends: Readonly<Record<number, 'accepted' | 'pending'>>;
  readonly ids: readonly string[];
  /** Rows that the service took. */
  readonly went: ReadonlySet<number>;
  /** Times it was asked by the id of a request. */
  readonly askedById: number;
}

async function play(scene: Scene): Promise<Played> {
  const { numbers, requests, content = () => ({}), shown = 'masked', strangers = [], unfound = [] } = scene;
  const messages = new Map<number, Message>(
    numbers.map((to, index) => {
      const own = { params: { name: `Name ${index}` }, ...content(index + 2) };
      return [index + 2, anSms(index + 2, own, { to })];
    }),
  );
  const messageOf = (row: number): Message => {
    const message = messages.get(row);
    if (message === undefined) throw new Error(`there is no row ${row}`);
    return message;
  };
  const startOf = (index: number) => begin + index * 10 * second;
  const service: Taken[] = strangers.map((detail) => ({ ...nobodys, bizId: 'elsewhere^0', ...detail }));
  const standing = new Map<number, UnknownRow | AcceptedTo>();
  const handOvers = new Map<number, Set<string>>();
  for (const [index, { rows, end }] of requests.entries()) {
    const startedAt = startOf(index);
    const endedAt = startedAt + 5 * second;
    for (const row of rows) {
      const message = messageOf(row);
      if (end === 'refused') continue;
      handOvers.set(row, (handOvers.get(row) ?? new Set()).add(`at-${index}`));
      if (end === 'accepted') standing.set(row, { message, startedAt, endedAt, messageId: `${index}^0` });
      else standing.set(row, { message, startedAt, endedAt });
      if (end === 'cut before') continue;
      service.push({
        ...detailOf(message, shown),
        ...idOf(messageOf(rows[0] ?? 0)),
        to: message.to,
        bizId: `${index}^0`,
        sentAt: startedAt + second,
      });
    }
  }
  const accepted = () => [...standing.values()].filter((row) => 'messageId' in row);
  const unknown = () => [...standing.values()].filter((row) => !('messageId' in row));
  const went = new Set(requests.flatMap(({ rows, end }) => (end === 'accepted' || end === 'cut after' ? rows : [])));

  let askedById = 0;
  const details = {
    keepsMs: 28 * dayMs,
    async read({ to, bizId }: { readonly to: string; readonly bizId: string | null }) {
      if (bizId !== null) askedById += 1;
      const found = service.filter((each) => each.to === to && (bizId === null || each.bizId === bizId));
      const isHidden = bizId !== null && unfound.some((index) => bizId === `${index}^0`);
      return { kind: 'whole', details: isHidden ? [] : found } as const;
    },
  };
  const resolutions: Resolution[] = [];
  const clock = fakeClock(begin + (scene.startsAfterMs ?? 3_600 * second));
  const result = await clock.outlast(
    reconcile({
      checkpoint: {
        async unknownRows(afterRow, limit) {
          return unknown()
            .filter(({ message }) => message.row > afterRow)
            .toSorted((one, other) => one.message.row - other.message.row)
            .slice(0, limit);
        },
        async resolveUnknown(list) {
          resolutions.push(...list);
          for (const resolution of list) {
            const row = standing.get(resolution.row);
            if (row === undefined) throw new Error(`there is no row ${resolution.row}`);
            if (resolution.kind === 'pending') standing.delete(resolution.row);
            else
              standing.set(resolution.row, {
                ...row,
                endedAt: resolution.at ?? row.endedAt,
                messageId: resolution.messageId,
              });
          }
        },
        knownMessageIds: async (ids) => {
          const known = new Set(accepted().map(({ messageId }) => messageId));
          return new Set(ids.filter((id) => known.has(id)));
        },
        namelessAmong: async () => new Set(),
        acceptedTo: async (addresses) => accepted().filter(({ message }) => addresses.includes(message.to)),
        handOversOf: async (rows) => new Map([...handOvers].filter(([row]) => rows.includes(row))),
        async lastAccepted() {
          const last = accepted().toSorted((one, other) => other.endedAt - one.endedAt)[0];
          if (last === undefined) return null;
          const { message, messageId, endedAt: acceptedAt } = last;
          return { message, messageId, groupMessageId: null, acceptedAt };
        },
      },
      log: createSmsMessageLog({ details, beginsAt: null }),
      channel: 'sms',
      runId,
      templateIn: () => template,
      clock,
      settleMs: 60 * second,
      resendMissing: true,
      signal: new AbortController().signal,
      onResolved: () => {},
      onWait: () => {},
    }),
  );
  return {
    result,
    ends: Object.fromEntries(resolutions.map(({ row, kind }) => [row, kind])),
    ids: resolutions.flatMap((each) => (each.kind === 'accepted' ? [each.messageId] : [])),
    went,
    askedById,
  };
}

const nobodys: SendDetail = {
  status: 'delivered',
  carrierCode: 'DELIVERED',
  text: null,
  templateCode: 'SMS_100001',
  outId: null,
  sentAt: begin + second,
  receivedAt: null,
};

function idOf({ row, content }: Message): Pick<SendDetail, 'outId'> {
  return { outId: content.kind === 'sms' && content.outId !== null ? content.outId : ownRequestId(runId, row) };
}

function detailOf({ content }: Message, shown: Shown): SendDetail {
  if (content.kind !== 'sms' || template.body === null) throw new Error('no text message');
  const words = renderSms(template.body, content, 'mainland');
  return { ...nobodys, text: { words, masked: words.replace(/Name \d/, '****'), nothing: null }[shown] };
}

describe('several rows to one number', () => {
  it('are told apart by the requests that they went with, whatever the service shows of the words', async () => {
    for (const shown of ['words', 'masked', 'nothing'] as const) {
      const { ends, result } = await play({
        numbers: [ann, ann, ann, bob],
        requests: [
          { rows: [2, 5], end: 'accepted' },
          { rows: [3], end: 'cut after' },
          { rows: [4], end: 'cut before' },
        ],
        shown,
      });
      expect([shown, ends, result.left]).toEqual([shown, { 3: 'accepted', 4: 'pending' }, []]);
    }
  });

  it('are known by the first row of a request, in which they need not be first themselves', async () => {
    const { ends, ids } = await play({
      numbers: [bob, ann, ann],
      requests: [
        { rows: [2, 3], end: 'cut after' },
        { rows: [4], end: 'cut before' },
      ],
    });
    expect(ends).toEqual({ 2: 'accepted', 3: 'accepted', 4: 'pending' });
    expect(ids).toEqual([`b7c2-2@${bob}@${begin + second}`, `b7c2-2@${ann}@${begin + second}`]);
  });

  it('are not given the message of an accepted row, which is found by the id it was accepted under', async () => {
    const scene: Scene = {
      numbers: [ann, ann],
      // All requests have one id, so that it names none.
      content: () => ({ outId: 'sale' }),
      requests: [
        { rows: [2], end: 'accepted' },
        { rows: [3], end: 'cut before' },
      ],
      shown: 'nothing',
    };
    const found = await play(scene);
    // Once for its entry, and once as the witness of what the log does not show.
    expect([found.ends, found.askedById]).toEqual([{ 3: 'pending' }, 2]);
    // Where the service does not find it so, the message may be either's.
    const unfound = await play({ ...scene, unfound: [0] });
    expect([unfound.ends, unfound.result.left]).toEqual([{}, [{ row: 3, reason: 'LOG_AMBIGUOUS' }]]);
  });

  it('are not given the message that an accepted row left behind when it went again', async () => {
    const { ends, result } = await play({
      numbers: [ann, ann],
      requests: [
        { rows: [2], end: 'cut after' },
        { rows: [3], end: 'cut before' },
        { rows: [2], end: 'accepted' },
      ],
      shown: 'nothing',
    });
    expect([ends, result.left]).toEqual([{ 3: 'pending' }, []]);
  });

  it('stay in doubt where a message to the number names a request of nobody, and shows no words', async () => {
    const { ends, result } = await play({
      numbers: [ann],
      requests: [{ rows: [2], end: 'cut before' }],
      strangers: [{ to: ann, outId: 'another-2' }],
    });
    expect([ends, result.left]).toEqual([{}, [{ row: 2, reason: 'LOG_UNCLEAR' }]]);
  });

  it('prove nothing by their silence once the service has forgotten them', async () => {
    const requests: readonly Sent[] = [{ rows: [2], end: 'cut before' }];
    const inTime = await play({ numbers: [ann], requests, startsAfterMs: 28 * dayMs });
    expect(inTime.ends).toEqual({ 2: 'pending' });
    const tooLate = await play({ numbers: [ann], requests, startsAfterMs: 28 * dayMs + 1 });
    expect([tooLate.ends, tooLate.result.left]).toEqual([{}, [{ row: 2, reason: 'LOG_TOO_OLD' }]]);
  });

  it('does not ask by ids where no row of the number was accepted', async () => {
    const { askedById } = await play({
      numbers: [ann, bob],
      requests: [
        { rows: [2], end: 'accepted' },
        { rows: [3], end: 'cut after' },
      ],
    });
    expect(askedById).toBe(0);
  });
});

describe('whatever was sent and cut', () => {
  const anyEnd = fc.constantFrom('accepted', 'cut before', 'cut after', 'refused');
  const anyShown = fc.constantFrom('words', 'masked', 'nothing');
  /**
   * Requests as the packer makes them of the rows in line: each number once. Rows that were refused go again, and of those that were
   * cut some, as after a reconciliation that the details came too late for.
   */
  const anyScene = fc
    .record({
      numbers: fc.array(fc.constantFrom(ann, bob, '8613800000003'), { minLength: 1, maxLength: 8 }),
      sizes: fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
      ends: fc.infiniteStream(anyEnd),
      again: fc.infiniteStream(fc.boolean()),
      shown: anyShown,
    })
    .map(({ numbers, sizes, ends, again, shown }) => {
      const requests: Sent[] = [];
      let line = numbers.map((_, index) => index + 2);
      while (line.length > 0 && requests.length < 12) {
        const size = sizes.next().value ?? 1;
        const rows: number[] = [];
        const taken = new Set<string | undefined>();
        for (const row of line) {
          if (rows.length === size || taken.has(numbers[row - 2])) break;
          rows.push(row);
          taken.add(numbers[row - 2]);
        }
        const end = ends.next().value ?? 'accepted';
        requests.push({ rows, end });
        const goesAgain = end === 'refused' || (end !== 'accepted' && again.next().value === true);
        if (!goesAgain) line = line.filter((row) => !rows.includes(row));
      }
      return { numbers, requests, shown };
    });

  /** Rows that were cut at the last try that was not refused. */
  const asked = ({ requests }: Scene) => {
    const last = new Map(
      requests.flatMap(({ rows, end }) => (end === 'refused' ? [] : rows.map((row) => [row, end] as const))),
    );
    return [...last].flatMap(([row, end]) => (end === 'accepted' ? [] : [row]));
  };

  const cutOnce = ({ requests }: Scene) => {
    const cut = requests.flatMap(({ rows, end }) => (end === 'cut before' || end === 'cut after' ? rows : []));
    return new Set(cut).size === cut.length;
  };

  it('every row is settled, and none wrongly, where requests have ids of their own', async () => {
    await fc.assert(
      fc.asyncProperty(anyScene, async (scene) => {
        const { ends, ids, went } = await play(scene);
        const right = Object.fromEntries(asked(scene).map((row) => [row, went.has(row) ? 'accepted' : 'pending']));
        // Where rows that were cut went again, some may have gone with one first row, and stay in doubt.
        if (cutOnce(scene)) expect(ends).toEqual(right);
        else expect(right).toMatchObject(ends);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('no row is settled wrongly where all requests have one id', async () => {
    await fc.assert(
      fc.asyncProperty(anyScene, async (scene) => {
        const { ends, ids, went } = await play({ ...scene, content: () => ({ outId: 'sale' }) });
        const wrong = Object.entries(ends).filter(([row, end]) => went.has(Number(row)) !== (end === 'accepted'));
        expect(wrong).toEqual([]);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('no row is settled wrongly by messages of others', async () => {
    const stranger = fc.record({
      to: fc.constantFrom(ann, bob),
      outId: fc.constantFrom('another-2', `${runId}9-2`, `${runId}-`, `${runId}-99`, null),
      text: fc.constantFrom('【阿里云】您好****，您的订单已发货。', 'Good morning'),
      sentAt: fc.integer({ min: 0, max: 100 }).map((seconds) => begin + seconds * second),
    });
    await fc.assert(
      fc.asyncProperty(anyScene, fc.array(stranger, { maxLength: 4 }), async (scene, strangers) => {
        const { ends, went } = await play({ ...scene, strangers });
        const wrong = Object.entries(ends).filter(([row, end]) => went.has(Number(row)) !== (end === 'accepted'));
        expect(wrong).toEqual([]);
      }),
    );
  });
});
