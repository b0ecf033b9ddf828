/** What is known of a code, for a person. */
import type { Explanation, Meaning } from '../../campaign/explain.ts';
import type { CatalogueEntry } from '../../domain/catalogue.ts';
import { formatDuration } from './duration.ts';
import { hanging } from './hanging.ts';
import { palette } from './palette.ts';
import { inertLine } from './wide-text.ts';

export interface ExplanationOptions {
  readonly width: number;
  readonly colour?: boolean;
}

export function renderExplanation(explanation: Explanation, { width, colour = false }: ExplanationOptions): string {
  if (explanation.kind === 'unknown') {
    const asked = `no code "${inertLine(explanation.code)}" is known`;
    return explanation.nearest.length === 0 ? asked : `${asked}; did you mean ${explanation.nearest.join(', ')}?`;
  }
  const { bold } = palette(colour);
  return explanation.meanings
    .map((meaning) => [bold(titleOf(explanation.code, meaning)), ...factLines(meaning, width)].join('\n'))
    .join('\n\n');
}

function titleOf(code: string, meaning: Meaning): string {
  return `${inertLine(code)}  (${meaning.kind === 'service' ? serviceNames[meaning.entry.service] : sources[meaning.kind]})`;
}

const serviceNames: Readonly<Record<CatalogueEntry['service'], string>> = {
  cams: 'Chat App Message Service',
  gateway: 'Alibaba Cloud, or the way there',
  whatsapp: 'WhatsApp',
  sms: 'Short Message Service',
  carrier: 'SMS carrier',
};

const sources = { finding: 'a finding of sendoff', operator: 'an error of sendoff' } as const;

function factLines(meaning: Meaning, width: number): string[] {
  const { cause, fix } = meaning.kind === 'service' ? meaning.entry : meaning;
  const facts: readonly (readonly [string, string])[] = [
    ['cause', cause],
    ['fix', fix],
    ...(meaning.kind === 'service' ? serviceFacts(meaning.entry) : []),
  ];
  const label = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts.flatMap(([name, text]) => hanging(`  ${name.padEnd(label)}`, text, width));
}

function serviceFacts(entry: CatalogueEntry): readonly (readonly [string, string])[] {
  return [
    ['affects', affected[entry.scope]],
    ['retry', retryText(entry)],
    ['went out', wentOut[entry.delivered]],
    ['source', entry.source],
  ];
}

const affected: Readonly<Record<CatalogueEntry['scope'], string>> = {
  row: 'this row only; the run goes on',
  campaign: 'every row of the campaign; the run stops',
  account: 'everything the account does; the run stops',
  transient: 'whatever is under way at the time',
};

const wentOut: Readonly<Record<CatalogueEntry['delivered'], string>> = {
  no: 'no',
  unknown: 'perhaps: reconcile before it goes again',
  yes: 'yes',
};

function retryText({ throttle, delivered, retryable, waitSeconds }: CatalogueEntry): string {
  if (throttle === true) return 'sendoff slows down and hands the row over again by itself';
  if (delivered === 'yes') return 'not needed';
  if (delivered === 'unknown') return 'only after it is known that the message did not go out';
  if (retryable === 'never') return 'does not help before the cause is removed';
  if (waitSeconds !== undefined) return `may help after ${formatDuration(waitSeconds * 1000)}`;
  return retryable === 'backoff' ? 'may help after a minute' : 'may help after a day';
}
