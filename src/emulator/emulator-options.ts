/** What the emulator can be told, checked, with the usual values filled in. */
import { z } from 'zod';
import { type EmulatorClock, realClock } from './emulator-clock.ts';
import { EmulatorOptionError } from './emulator-option-error.ts';
import { type Fault, type FaultRule, faultRuleSchema } from './fault-rule.ts';
import type { EmulatorCredentials } from './gateway.ts';
import { actions } from './rights.ts';
import { describeIssue, firstIssue } from './schema-issue.ts';
import { sampleTemplates } from './templates.ts';
import { type WireTemplate, wireTemplateSchema } from './wire-template.ts';

export const emulatorAccessKeyId = 'emulator';
export const emulatorAccessKeySecret = 'emulator-secret';

export interface EmulatorOptions {
  /** A port of the loopback address; 0, the usual value, takes any free one. */
  readonly port?: number | undefined;
  /** SendChatappMessage in any sliding second; 250 by default. Source: API page, March 2026. */
  readonly ratePerSecond?: number | undefined;
  /** SendChatappMassMessage in any sliding second; 10 by default. Source: its API page. */
  readonly massPerSecond?: number | undefined;
  /** SendSms, and again SendBatchSms, in any sliding second; 5,000 by default. Source: their API pages. */
  readonly smsPerSecond?: number | undefined;
  /** Whether a number may be sent only so many text messages a minute, hour and day; true by default. */
  readonly smsLimits?: boolean | undefined;
  /** How long the carrier takes to deliver a text message, in milliseconds; five seconds by default. */
  readonly smsDelayMs?: number | undefined;
  /** The share of people, 0 by default, who do not get text messages, and with which of the carrier's codes; without one, usual ones. */
  readonly smsUndelivered?: { readonly share: number; readonly code?: string | undefined } | undefined;
  /** The share of people whose session window is closed, from 0, the usual value, to 1. */
  readonly closedWindows?: number | undefined;
  /** The share of people, 0 by default, whose messages are accepted and fail later on, and with which code. */
  readonly failLater?: { readonly share: number; readonly code?: string | undefined } | undefined;
  /** The first rule that fits a request decides. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** How long every answer takes, drawn evenly from the range; a latency rule among the faults goes before it. */
  readonly latencyMs?: { readonly min: number; readonly max: number } | undefined;
  /** What the faults are drawn from; the same seed and list meet the same faults. */
  readonly seed?: number | undefined;
  /** A file to which every accepted message is appended as a JSON line, before its request is answered. */
  readonly logFile?: string | undefined;
  /** How long a message takes to appear in the message log, and in the details of text messages, in milliseconds; 0 by default. */
  readonly logDelayMs?: number | undefined;
  readonly credentials?: EmulatorCredentials | undefined;
  /** Beside the sample templates; one with the code and language of a sample takes its place. */
  readonly templates?: readonly WireTemplate[] | undefined;
  /** How long the review of a created or modified template takes; five seconds by default. */
  readonly reviewMs?: number | undefined;
  /** Actions that the caller has no right to, such as `cams:SendChatappMessage` or `dysms:SendSms`. */
  readonly denied?: readonly string[] | undefined;
  /** How far the service's clock is ahead, or behind where it is negative; 0 by default. */
  readonly clockSkewMs?: number | undefined;
  readonly clock?: EmulatorClock | undefined;
}

export interface EmulatorSettings {
  readonly port: number;
  readonly ratePerSecond: number;
  readonly massPerSecond: number;
  readonly smsPerSecond: number;
  readonly smsLimits: boolean;
  readonly smsDelayMs: number;
  readonly smsUndelivered: { readonly share: number; readonly code: string | null };
  readonly closedWindows: number;
  readonly failLater: { readonly share: number; readonly code: string };
  readonly faults: readonly Fault[];
  readonly seed: number;
  readonly logFile: string | null;
  readonly logDelayMs: number;
  readonly credentials: EmulatorCredentials;
  readonly templates: readonly WireTemplate[];
  readonly reviewMs: number;
  readonly denied: readonly string[];
  readonly clock: EmulatorClock;
}

const share = z.number().min(0, 'must be a share from 0 to 1').max(1, 'must be a share from 0 to 1');

const optionsSchema = z.object({
  port: z.int('must be a whole number').min(0, 'must be 0 to 65535').max(65_535, 'must be 0 to 65535').default(0),
  ratePerSecond: z.int('must be a whole number').min(1, 'must be at least 1').default(250),
  massPerSecond: z.int('must be a whole number').min(1, 'must be at least 1').default(10),
  smsPerSecond: z.int('must be a whole number').min(1, 'must be at least 1').default(5000),
  smsLimits: z.boolean().default(true),
  smsDelayMs: z.number().min(0, 'must not be negative').default(5000),
  smsUndelivered: z
    .object({ share, code: z.string().min(1).nullable().default(null) })
    .default({ share: 0, code: null }),
  closedWindows: share.default(0),
  failLater: z.object({ share, code: z.string().min(1).default('131026') }).default({ share: 0, code: '131026' }),
  faults: z.array(faultRuleSchema).default([]),
  latencyMs: z
    .object({ min: z.number().min(0, 'must not be negative'), max: z.number() })
    .refine(({ min, max }) => min <= max, { path: ['max'], error: 'must not be below min' })
    .optional(),
  seed: z.int('must be a whole number').default(1),
  logFile: z.string().optional(),
  logDelayMs: z.number().min(0, 'must not be negative').default(0),
  credentials: z
    .object({ accessKeyId: z.string().min(1), accessKeySecret: z.string().min(1) })
    .default({ accessKeyId: emulatorAccessKeyId, accessKeySecret: emulatorAccessKeySecret }),
  templates: z.array(wireTemplateSchema).default([]),
  reviewMs: z.number().min(0, 'must not be negative').default(5000),
  denied: z.array(z.string().refine((action) => actions.includes(action), { error: unknownAction })).default([]),
  clockSkewMs: z.number().default(0),
});

/** Throws `EmulatorOptionError` at the first option that cannot be. */
export function readOptions(options: EmulatorOptions): EmulatorSettings {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) throw new EmulatorOptionError(`emulator: ${describeIssue(firstIssue(parsed.error))}`);
  const { latencyMs, logFile = null, templates, faults, clockSkewMs, ...rest } = parsed.data;
  return {
    ...rest,
    logFile,
    faults: latencyMs === undefined ? faults : [...faults, latencyFault(latencyMs)],
    templates: [...sampleTemplates, ...templates],
    clock: skewed(options.clock ?? realClock, clockSkewMs),
  };
}

/** The wall clock alone is wrong: a second stays a second. */
function skewed(clock: EmulatorClock, byMs: number): EmulatorClock {
  return { ...clock, now: () => clock.now() + byMs };
}

function unknownAction({ input }: { readonly input?: unknown }): string {
  return `must be one of ${actions.join(', ')}, not "${input}"`;
}

function latencyFault({ min, max }: { min: number; max: number }): Fault {
  return faultRuleSchema.parse({ fault: 'latency', minMs: min, maxMs: max, action: 'any' });
}
