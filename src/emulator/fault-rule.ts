/** What a fault may be: the one schema behind fault files, `--fault` flags and the `faults` option. */
import { z } from 'zod';
import { operationNames } from './operation-name.ts';

/** Every fault there is, each with its rule below. */
export const faultNames = [
  'latency',
  'cut-before',
  'cut-after',
  'hang-before',
  'hang-after',
  'error-500',
  'error-503',
  'throttle',
  'empty-body',
  'not-json',
  'truncated',
  'refuse',
] as const;

/** A share of requests: a number from 0 to 1, or a percentage. */
const share = z
  .union([z.number(), z.string()], { error: 'must be a share from 0 to 1, or a percentage such as 5%' })
  .transform((value, context) => {
    const portion = parseShare(value);
    if (portion !== null) return portion;
    context.addIssue('must be a share from 0 to 1, or a percentage such as 5%');
    return z.NEVER;
  });

function parseShare(value: number | string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(String(value));
  if (match === null) return null;
  const portion = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return portion <= 1 ? portion : null;
}

/** Digits, which YAML reads as a number unless they are quoted. */
const phoneNumber = z
  .union([z.string(), z.number()], { error: 'must be digits only' })
  .transform(String)
  .pipe(z.string().regex(/^\d+$/, 'must be digits only, with the country code'));

const code = z
  .union([z.string(), z.number()], { error: 'must be an error code such as 131026' })
  .transform(String)
  .pipe(z.string().min(1, 'must be an error code such as 131026'));

const milliseconds = z.number('must be milliseconds').min(0, 'must not be negative');

/** An operation, `send` for those that send messages, or `any`. */
const actionNames = ['send', 'any', ...operationNames] as const;

/** Which requests a rule looks at. A rule that names neither numbers nor a share takes them all. */
const target = {
  share: share.default(1),
  numbers: z.array(phoneNumber).min(1, 'must name at least one number').optional(),
  /** Strikes each number this often and no more; without it, always. */
  times: z.int('must be a whole number').min(1, 'must be at least 1').optional(),
  action: z.enum(actionNames, { error: `must be one of ${actionNames.join(', ')}` }).default('send'),
};

/** How long after the request the fault strikes, on top of the latency. */
const afterMs = milliseconds.default(0);

/** Whether the service had accepted the request by the time things went wrong. */
const accept = (usual: boolean) => z.boolean('must be true or false').default(usual);

const status = z.int('must be an HTTP status').min(200, 'must be an HTTP status').max(599, 'must be an HTTP status');

export const faultRuleSchema = z.discriminatedUnion(
  'fault',
  [
    z
      .strictObject({ fault: z.literal('latency'), minMs: milliseconds, maxMs: milliseconds, ...target })
      .refine(({ minMs, maxMs }) => minMs <= maxMs, { path: ['maxMs'], error: 'must not be below minMs' }),
    /** The connection breaks: before the service accepted anything, or after, with the answer lost. */
    z.strictObject({ fault: z.enum(['cut-before', 'cut-after']), afterMs, ...target }),
    /** Silence until the caller gives up. */
    z.strictObject({ fault: z.enum(['hang-before', 'hang-after']), ...target }),
    z.strictObject({ fault: z.enum(['error-500', 'error-503']), accept: accept(false), afterMs, ...target }),
    /** Without a code: the one with which the service that is called turns calls away. */
    z.strictObject({ fault: z.literal('throttle'), code: code.optional(), afterMs, ...target }),
    z.strictObject({
      fault: z.enum(['empty-body', 'not-json']),
      accept: accept(true),
      http: status.default(200),
      afterMs,
      ...target,
    }),
    /** The answer breaks off in its middle. */
    z.strictObject({ fault: z.literal('truncated'), afterMs, ...target }),
    /** The services have both ways of refusing: HTTP 200 with a code that is not OK, and an HTTP error; without one, as the code comes. */
    z.strictObject({
      fault: z.literal('refuse'),
      code,
      message: z.string('must be text').optional(),
      http: status.optional(),
      afterMs,
      ...target,
    }),
  ],
  { error: (issue) => (issue.code === 'invalid_union' ? `must be one of ${faultNames.join(', ')}` : undefined) },
);

/** A rule as one writes it, with everything optional that has a usual value. */
export type FaultRule = z.input<typeof faultRuleSchema>;

/** A rule with its usual values filled in. */
export type Fault = z.output<typeof faultRuleSchema>;

export type LatencyFault = Extract<Fault, { fault: 'latency' }>;
/** A fault that decides what becomes of a request; latency only delays it. */
export type StrikingFault = Exclude<Fault, LatencyFault>;
