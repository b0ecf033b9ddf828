/** Checks rows one by one and makes messages of them. Pure: language variants are fetched outside and handed in. */
import { type Campaign, smsOf, templateOf } from './campaign.ts';
import { checkCampaign } from './check-campaign.ts';
import { asSmsFallback, asTemplateFallback } from './fallback-contents.ts';
import type { Finding } from './finding.ts';
import { createLiquidCompiler } from './liquid-text.ts';
import type { Message } from './message.ts';
import { type AddressKind, mayBeNumber, readAddress } from './read-address.ts';
import type { Row } from './recipient-source.ts';
import { cellAt, isError, type RowContents } from './row-content.ts';
import { createRowRequests } from './row-request.ts';
import { createSessionContents } from './session-contents.ts';
import type { SignLookup } from './sms/sms-sign.ts';
import { createSmsContents } from './sms-contents.ts';
import { createTemplateContents } from './template-contents.ts';
import { findColumn } from './template-mapping.ts';
import type { TemplateLookup } from './template-source.ts';
import { unusedColumns } from './unused-columns.ts';

export interface RowCheckerOptions {
  readonly campaign: Campaign;
  readonly columns: readonly string[];
  /** True where no further column can appear. Until then a column that is missing reads as empty cells. */
  readonly columnsComplete: boolean;
  /** Milliseconds since 1970: the `now` of offers and of dates in texts. */
  readonly now: number;
}

export type CheckedRow =
  | {
      readonly kind: 'message';
      readonly message: Message;
      /** ISO 3166 code of the address; empty where the channel addresses people by ids. */
      readonly country: string;
      /** Of its text message, also where that is the fallback, as it is billed; null for rows without one. */
      readonly segments: number | null;
      /** Warnings and infos. */
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'invalid';
      /** Null where the address could not be read. */
      readonly to: string | null;
      /** At least one error, unless a fatal finding about the campaign has been told already. */
      readonly findings: readonly Finding[];
    };

/** Every finding about the list, the campaign or the template is returned once, by whatever call first knows it. */
export interface RowChecker {
  /** What is known from the campaign and the columns alone. */
  readonly findings: readonly Finding[];
  /** The columns have become more. An index once found stays right. */
  columnsGrew(columns: readonly string[], complete: boolean): readonly Finding[];
  /** The language whose variant has to be added before this row can be checked, or null. */
  needs(row: Row): string | null;
  /**
   * Takes what a lookup brought. In a campaign with one language a variant that cannot be sent is fatal; where the rows
   * choose, it concerns the rows that choose it.
   */
  addTemplate(language: string, lookup: TemplateLookup): readonly Finding[];
  /** The same of the template of text messages, to be called before any row is checked. */
  addSmsTemplate(lookup: TemplateLookup): readonly Finding[];
  /** The sign that has to be looked up before this row can be checked, or null: text messages alone have one. */
  needsSign(row: Row): string | null;
  /** `approved` are signs to use instead where this one cannot be, nearest first. */
  addSign(name: string, lookup: SignLookup, approved?: readonly string[]): readonly Finding[];
  /** Throws where `needs` was not heeded. */
  check(row: Row): CheckedRow;
  /** The list has ended, so no further column or language can appear. */
  finish(): readonly Finding[];
}

export function createRowChecker(options: RowCheckerOptions): RowChecker {
  const { campaign, now } = options;
  const { channel, from, content: choice, fallback } = campaign;
  const { country } = campaign.recipients;
  const liquid = createLiquidCompiler(now);
  const template = templateOf(campaign);
  const text = smsOf(campaign);
  const texts = text === null ? null : createSmsContents({ choice: text, liquid, now });
  const sms = texts !== null && fallback?.kind === 'sms' ? asSmsFallback(texts) : texts;
  const chosen = template === null ? null : createTemplateContents({ choice: template, channel, from, liquid, now });
  const templates = chosen !== null && fallback?.kind === 'template' ? asTemplateFallback(chosen) : chosen;
  /** Null for text messages, whose content depends on where they go. */
  const contents: RowContents<Message['content']> | null =
    choice.kind === 'session' ? createSessionContents({ choice, channel, from, liquid }) : templates;
  const requests = createRowRequests(campaign.request, liquid);
  const parts = [...new Set([contents, templates, sms, requests])].filter((part) => part !== null);
  let known = { columns: options.columns, complete: options.columnsComplete, ended: false };
  let address = findColumn('', '', [], false);
  const once = onlyNew();

  const map = (): void => {
    address = findColumn(campaign.recipients.to, 'the address', known.columns, known.complete);
    for (const part of parts) part.map(known);
  };

  const unused = (): readonly Finding[] => {
    const uses = parts.map((part) => part.columnUse()).filter((use) => use !== null);
    if (uses.length < parts.length) return [];
    const used = new Set([address.index, ...uses.flatMap((use) => use.used)]);
    return unusedColumns(
      known.columns,
      used,
      uses.flatMap(({ wanting }) => wanting),
    );
  };

  /** What is wrong between campaign, columns and templates, as far as nothing to come can right it. */
  const mappingFindings = (): readonly Finding[] => [
    ...address.findings,
    ...parts.flatMap((part) => part.findings()),
    ...unused(),
  ];

  map();
  return {
    findings: once([...checkCampaign(campaign), ...mappingFindings()]),
    columnsGrew(columns, complete) {
      known = { ...known, columns, complete };
      map();
      return once(mappingFindings());
    },
    needs: (row) => templates?.needs(row) ?? null,
    addTemplate(language, lookup) {
      const findings = templates?.addTemplate(language, lookup) ?? [];
      return once([...findings, ...mappingFindings()]);
    },
    addSmsTemplate(lookup) {
      const findings = sms?.addTemplate(lookup) ?? [];
      return once([...findings, ...mappingFindings()]);
    },
    needsSign: (row) => sms?.needsSign(row) ?? null,
    addSign: (name, lookup, approved) => once(sms?.addSign(name, lookup, approved) ?? []),
    check(row) {
      if (row.findings.some(isError)) return { kind: 'invalid', to: null, findings: row.findings };
      const findings = [...row.findings];
      // Whom a row is addressed to depends on its request, and is told before it.
      const aboutRequest: Finding[] = [];
      const request = requests.fieldsOf(row, aboutRequest);
      const kind = { channel, country, group: request.recipientType === 'group' };
      const recipient = recipientOf(cellAt(row, known.columns, address.index), from, kind, findings);
      const words = contents?.contentOf(row, findings) ?? null;
      const text = sms === null ? null : sms.contentOf(row, kind.group ? null : (recipient?.to ?? null), findings);
      if (sms !== null && kind.group) findings.push({ ...cellAt(row, known.columns, address.index), ...noGroup });
      const made = choice.kind === 'sms' ? text : words;
      const standIn = fallback?.kind === 'template' ? (templates?.contentOf(row, findings) ?? null) : null;
      findings.push(...aboutRequest);
      if (recipient === null || made === null || findings.some(isError)) {
        return { kind: 'invalid', to: recipient?.to ?? null, findings };
      }
      const { to } = recipient;
      const { content } = made;
      const key = made.keyFor(to);
      const instead = fallback?.kind === 'sms' ? text : standIn;
      const message = { row: row.number, key, channel, from, to, content, request, fallback: instead?.content ?? null };
      return { kind: 'message', message, country: recipient.country, segments: text?.segments ?? null, findings };
    },
    finish() {
      known = { ...known, ended: true, complete: true };
      map();
      return once(mappingFindings());
    },
  };
}

const noGroup = {
  code: 'FALLBACK_ADDRESS',
  severity: 'error',
  message: 'fallback: a group cannot get a text message',
  hint: 'leave the row out, or remove the fallback',
} as const;

interface Recipient {
  readonly to: string;
  readonly country: string;
}

/** The recipient of a row, or null with a finding. */
function recipientOf(
  about: ReturnType<typeof cellAt>,
  from: string,
  kind: AddressKind,
  findings: Finding[],
): Recipient | null {
  const address = readAddress(about.value, kind);
  if (address.kind === 'bad') {
    const { code, message, hint } = address;
    findings.push({ ...about, code, severity: 'error', message, hint });
    return null;
  }
  const { to, country, change } = address;
  if (change !== null) {
    findings.push({
      ...about,
      code: 'ADDRESS_NORMALISED',
      severity: 'info',
      message: `normalised: ${change}`,
      hint: null,
    });
  }
  if (mayBeNumber(to, kind)) {
    findings.push({
      ...about,
      code: 'ADDRESS_MAYBE_NUMBER',
      severity: 'warning',
      message: `this reads as a telephone number, and ${kind.channel} knows people by ids`,
      hint: 'name the column with the ids that the channel tells',
    });
  }
  if (to === from) {
    findings.push({
      ...about,
      code: 'ADDRESS_IS_SENDER',
      severity: 'error',
      message: 'the recipient is the sender itself',
      hint: 'remove the row',
    });
  }
  return { to, country };
}

/** Lets every finding through once. */
function onlyNew(): (findings: readonly Finding[]) => readonly Finding[] {
  const seen = new Set<string>();
  return (findings) =>
    findings.filter(({ code, column, value, message }) => {
      const key = JSON.stringify([code, column, value, message]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
