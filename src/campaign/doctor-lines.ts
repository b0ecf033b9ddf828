/** What the doctor says of each thing it has examined: that it is well, that a person should look, or what to mend. */
import { checkTemplate } from '../domain/check-campaign.ts';
import { tierPeopleOf } from '../domain/daily-cap.ts';
import type { Finding } from '../domain/finding.ts';
import type { FindingCode } from '../domain/finding-codes.ts';
import type { HealthLookup } from '../domain/health.ts';
import type { OperatorError, OperatorErrorKind } from '../domain/operator-error.ts';
import { clockRefusedFromMs, clockWorthALookMs, skewInWords } from '../domain/preflight-clock.ts';
import { checkHealth } from '../domain/preflight-health.ts';
import { checkSender, checkTier } from '../domain/preflight-sender.ts';
import { checkCategory } from '../domain/preflight-template.ts';
import { actionOf, type CampaignCalls, neededRights } from '../domain/ram-policy.ts';
import type { Sender, SenderList, SenderLookup, SendersUntold } from '../domain/sender.ts';
import type { Template } from '../domain/template.ts';
import type { CheckedPlan } from './make-plan.ts';

interface Line {
  readonly name: string;
  readonly says: string;
}

export type Examined =
  | (Line & { readonly state: 'ok' })
  /** It works, and a person should know. */
  | (Line & { readonly state: 'look'; readonly fix: string | null })
  /** Nothing can go before it is mended. */
  | (Line & { readonly state: 'fix'; readonly fix: string | null; readonly kind: OperatorErrorKind });

export function ok(name: string, says: string): Examined {
  return { name, state: 'ok', says };
}

export function troubleWith(name: string, error: OperatorError): Examined {
  return { name, state: 'fix', says: error.message, fix: error.hint ?? null, kind: error.kind };
}

/** The answer is exact to about a second. */
const inStepMs = 2_000;

export function clockLine(skewMs: number | null): Examined {
  const name = 'clock';
  if (skewMs === null) {
    return {
      name,
      state: 'look',
      says: 'the service does not tell its time',
      fix: 'check the connection and the endpoint',
    };
  }
  const offMs = Math.abs(skewMs);
  if (offMs < inStepMs) return ok(name, 'in step with the service');
  const says = `this machine is ${skewInWords(offMs)} ${skewMs > 0 ? 'ahead of' : 'behind'} the service`;
  if (offMs < clockWorthALookMs) return ok(name, says);
  const fix = 'synchronise the clock of this machine';
  if (offMs < clockRefusedFromMs) return { name, state: 'look', says, fix };
  return { name, state: 'fix', says: `${says}, which refuses every request`, fix, kind: 'access' };
}

/** Without a campaign: every sender there is. None of them is known to be needed, so none is in the way. */
export function senderLines(list: SenderList): readonly Examined[] {
  if (list.kind === 'untold') return untoldLines(list, 'unreachable');
  if (list.senders.length === 0) {
    return [{ name: 'sender', state: 'look', says: 'the account has no senders', fix: 'register one in the console' }];
  }
  return list.senders.map((sender) => {
    const line = firstOf('sender', described(sender), checkSender(sender.number, found(sender)));
    return line.state === 'fix' ? { name: line.name, state: 'look', says: line.says, fix: line.fix } : line;
  });
}

/** `sender` is null for a channel whose senders the service does not tell of. */
export function campaignLines(checked: CheckedPlan, sender: SenderLookup | null): readonly Examined[] {
  const { plan, preflight } = checked;
  const { campaign } = plan;
  return [
    ...templateLines(checked),
    ...(sender === null
      ? []
      : sender.kind === 'untold'
        ? untoldLines(sender, null)
        : [senderLine(campaign.from, sender)]),
    ...(preflight?.health?.kind === 'told' ? [healthLine(preflight.health)] : []),
    ...peopleLines(checked),
    ...listLines(checked),
  ];
}

/** Rights that were tried and those that cannot be, sending above all. */
export function rightsLine(calls: CampaignCalls, tried: readonly string[], missing: readonly string[]): Examined {
  const name = 'rights';
  const [first] = missing;
  if (first !== undefined) {
    const fix = `grant ${missing.join(' and ')} to the RAM user or role; sendoff doctor --policy prints a policy`;
    return {
      name,
      state: 'fix',
      says: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
      fix,
      kind: 'access',
    };
  }
  const untried = neededRights(calls)
    .filter(({ action, required }) => required && !tried.includes(action))
    .map(({ action }) => action);
  const rest = untried.length === 0 ? '' : `; not tried: ${untried.join(', ')}`;
  return ok(name, `${tried.length === 0 ? 'none tried' : tried.join(', ')}${rest}`);
}

/** The rights that a finished check has tried with success, and those it was denied. */
export function rightsOf(
  checked: Pick<CheckedPlan, 'preflight' | 'templates'> | null,
  senders: SenderList | SenderLookup | null,
): { readonly tried: readonly string[]; readonly missing: readonly string[] } {
  const health: HealthLookup | null = checked?.preflight?.health ?? null;
  const answers = [
    { operation: 'QueryChatappPhoneNumbers', answer: senders },
    { operation: 'GetWhatsappHealthStatus', answer: health },
  ];
  return {
    tried: [
      ...([...(checked?.templates.values() ?? [])].some(({ sms }) => sms === null)
        ? [actionOf('GetChatappTemplateDetail')]
        : []),
      ...answers
        .filter(({ answer }) => answer !== null && answer.kind !== 'untold')
        .map(({ operation }) => actionOf(operation)),
    ],
    missing: answers.flatMap(({ answer }) =>
      answer?.kind === 'untold' && answer.missingRight !== null ? [answer.missingRight] : [],
    ),
  };
}

function templateLines({ plan, templates, findingGroups }: CheckedPlan): readonly Examined[] {
  const { campaign } = plan;
  const unknown = findingGroups
    .filter(({ code, severity }) => severity === 'fatal' && aboutTemplate.has(code))
    .flatMap(({ first }) => first);
  const known = [...templates.values()].map((template) =>
    firstOf('template', describedTemplate(template), [
      ...checkTemplate(template),
      ...(template.sms === null ? checkCategory(template, campaign.expect.category) : []),
    ]),
  );
  return [...known, ...unknown.map((finding) => lineOf('template', finding))];
}

const aboutTemplate: ReadonlySet<FindingCode> = new Set(['TEMPLATE_NOT_FOUND', 'LANGUAGE_UNKNOWN']);

function describedTemplate({ code, language, status, statusWord, category, quality, sms }: Template): string {
  // Short Message Service has a number for a state.
  const state = sms === null ? statusWord : status;
  const facts = [state, sms?.kind ?? category, quality === null ? null : `quality ${quality}`].filter(
    (fact) => fact !== null,
  );
  const named = language === '' ? code : `${code} (${language})`;
  return `${named}: ${facts.join(', ')}`;
}

function senderLine(number: string, lookup: Exclude<SenderLookup, { readonly kind: 'untold' }>): Examined {
  const says = lookup.kind === 'found' ? described(lookup.sender) : number;
  const line = firstOf('sender', says, checkSender(number, lookup));
  // A plan only warns of it; who asks a doctor wants to know before the service refuses the first message.
  return line.state === 'look' && lookup.kind === 'missing' ? { ...line, state: 'fix', kind: 'blocked' } : line;
}

function described(sender: Sender): string {
  const { number, status, quality, tier, tierWord } = sender;
  const people = tierPeopleOf(sender);
  const reach =
    people !== null
      ? `${people.toLocaleString('en-US')} people a day`
      : tier === null
        ? tierWord
        : 'any number of people';
  const facts = [status, quality === null ? null : `quality ${quality}`, reach].filter((fact) => fact !== null);
  return `${number}: ${facts.join(', ')}`;
}

function healthLine(health: HealthLookup): Examined {
  return firstOf('health', 'WhatsApp lets messages of the sender pass', checkHealth(health));
}

const aboutRecipients: ReadonlySet<FindingCode> = new Set([
  'MARKETING_TO_US',
  'MARKETING_CAP',
  'SMS_HOURS',
  'SMS_NUMBER_LIMIT',
]);

function peopleLines({ plan, preflight, findingGroups }: CheckedPlan): readonly Examined[] {
  if (preflight === null) return [];
  const { sender, people } = preflight;
  const foretold = findingGroups
    .filter(({ code }) => aboutRecipients.has(code))
    .flatMap(({ first }) => first.map((finding) => lineOf('recipients', finding)));
  const tier = sender?.kind === 'found' ? checkTier(plan.campaign, sender.sender, people) : [];
  return [firstOf('recipients', `${people.toLocaleString('en-US')} people`, tier), ...foretold];
}

/** Rows that would not go are for `check` to show; here it counts that there are some. */
function listLines({ plan, preflight, findingGroups, refused }: CheckedPlan): readonly Examined[] {
  const name = 'list';
  const { rows, invalid } = plan.summary;
  const fatal = findingGroups
    .filter(({ code, severity }) => severity === 'fatal' && !examinedElsewhere(code))
    .flatMap(({ first }) => first.map((finding) => lineOf(name, finding, 'invalid')));
  if (fatal.length > 0 || preflight === null) return fatal;
  const says = `${rows.toLocaleString('en-US')} rows read, ${invalid.toLocaleString('en-US')} invalid`;
  if (invalid === 0 || refused === null) return [ok(name, says)];
  return [{ name, state: 'look', says, fix: 'sendoff check shows them' }];
}

function examinedElsewhere(code: FindingCode): boolean {
  return /^(TEMPLATE|LANGUAGE|CATEGORY|SENDER|TIER|HEALTH|MARKETING|SMS_SIGN)(_|$)/.test(code);
}

/** Where a right is missing, the line about rights says so. */
function untoldLines({ reason, missingRight }: SendersUntold, kind: OperatorErrorKind | null): readonly Examined[] {
  if (missingRight !== null) return [];
  const line = { name: 'sender', says: `the service does not tell its state: ${reason}`, fix: null };
  return [kind === null ? { ...line, state: 'look' } : { ...line, state: 'fix', kind }];
}

function found(sender: Sender): SenderLookup {
  return { kind: 'found', sender };
}

/** The gravest of the findings, or that all is well. */
function firstOf(name: string, says: string, findings: readonly Finding[]): Examined {
  const worst = findings.find(({ severity }) => severity === 'fatal') ?? findings[0];
  return worst === undefined ? ok(name, says) : lineOf(name, worst);
}

function lineOf(name: string, { severity, message, hint }: Finding, kind: OperatorErrorKind = 'blocked'): Examined {
  if (severity === 'fatal') return { name, state: 'fix', says: message, fix: hint, kind };
  return { name, state: 'look', says: message, fix: hint };
}
