/**
 * Makes the text messages of rows: a template's values, and the sign in front of it. Pure: template and signs are looked up
 * outside and handed in.
 */
import type { LanguageChoice, SmsChoice } from './campaign.ts';
import type { Finding } from './finding.ts';
import type { LiquidCompiler } from './liquid-text.ts';
import type { SmsContent } from './message.ts';
import { messageKey } from './message-key.ts';
import type { Row } from './recipient-source.ts';
import { cellAt, isError, type KnownColumns, type RowContents } from './row-content.ts';
import { fillForRow, placeInRow } from './row-values.ts';
import { checkSign } from './sms/check-sign.ts';
import { destinationOf, destinationProblem, numberProblem } from './sms/destination.ts';
import { withApproved } from './sms/nearest-approved.ts';
import { countSegments } from './sms/segments.ts';
import type { SmsProblem } from './sms/sms-problem.ts';
import type { SignLookup } from './sms/sms-sign.ts';
import { lengthProblem, renderSms } from './sms/sms-text.ts';
import type { Template } from './template.ts';
import { createTemplateContents } from './template-contents.ts';
import { findColumn } from './template-mapping.ts';
import type { TemplateLookup } from './template-source.ts';
import { type CompiledTree, compileTree } from './text-tree.ts';

export interface SmsContents extends Omit<RowContents<SmsContent>, 'contentOf'> {
  /** Takes what the look-up of the template brought, once and before any row. One that cannot be sent is fatal. */
  addTemplate(lookup: TemplateLookup): readonly Finding[];
  /** The sign that has to be added before this row can be checked, or null. */
  needsSign(row: Row): string | null;
  /** `approved` are signs to use instead where this one cannot be, nearest first. */
  addSign(name: string, lookup: SignLookup, approved?: readonly string[]): readonly Finding[];
  /** `to` is null where the address cannot be read. */
  contentOf(row: Row, to: string | null, findings: Finding[]): SmsRowContent | null;
}

export interface SmsRowContent {
  readonly content: SmsContent;
  /** Of the whole message, as it is billed. */
  readonly segments: number;
  keyFor(to: string): string;
}

export interface SmsContentsOptions {
  readonly choice: SmsChoice;
  readonly liquid: LiquidCompiler;
  readonly now: number;
}

/** A template of Short Message Service is what it is, in no language. */
const anyLanguage = { kind: 'fixed', language: '' } as const satisfies LanguageChoice;

/** Text messages carry a sign in the place of a sender. */
const addressed = { channel: 'sms', from: '' } as const;

export function createSmsContents({ choice, liquid, now }: SmsContentsOptions): SmsContents {
  const { code, params } = choice;
  const templates = createTemplateContents({
    choice: { code, params, language: anyLanguage },
    ...addressed,
    liquid,
    now,
  });
  const signs = new Map<string, readonly SmsProblem[]>();
  let template: Template | null = null;
  let known: KnownColumns = { columns: [], complete: false, ended: false };
  let signColumn = findColumn('', '', [], false);
  let ids: CompiledTree = compileTree({}, '', { ...known, liquid });

  const signOf = (row: Row): string =>
    choice.sign.kind === 'fixed' ? choice.sign.sign : cellAt(row, known.columns, signColumn.index).value.trim();

  return {
    map(columns) {
      known = columns;
      templates.map(columns);
      const { sign } = choice;
      if (sign.kind === 'column') {
        signColumn = findColumn(sign.column, 'the sign', columns.columns, columns.complete);
      }
      ids = compileTree({ outId: choice.outId ?? '', extendCode: choice.extendCode ?? '' }, 'sms', {
        ...columns,
        liquid,
      });
    },
    findings: () => [...templates.findings(), ...signColumn.findings, ...ids.findings],
    columnUse() {
      const use = templates.columnUse();
      return use === null ? null : { ...use, used: [...use.used, signColumn.index, ...ids.columns] };
    },
    addTemplate(lookup) {
      if (lookup.kind === 'found') template = lookup.template;
      return templates.addTemplate(anyLanguage.language, lookup);
    },
    needsSign(row) {
      const sign = signOf(row);
      return sign === '' || signs.has(sign) ? null : sign;
    },
    addSign(name, lookup, approved) {
      const facts = template?.sms ?? null;
      if (choice.sign.kind === 'column') {
        signs.set(name, checkSign(name, lookup, facts).map(namingInstead(approved)));
        return [];
      }
      // A sign that all rows have concerns the campaign.
      const problems = checkSign(name, lookup, facts, approved);
      signs.set(name, problems);
      return problems.map((problem) => aboutAll(problem, name));
    },
    contentOf(row, to, findings) {
      const before = findings.length;
      const made = templates.contentOf(row, findings);
      const sign = signOf(row);
      checkRowSign(row, sign, findings);
      const extra = idsOf(row, findings);
      if (made === null || template?.body == null || extra === null || to === null) return null;
      const { code, params } = made.content;
      const content: SmsContent = { kind: 'sms', sign, code, params, ...extra };
      const destination = destinationOf(to);
      const text = renderSms(template.body, content, destination);
      const { characters, segments } = countSegments(text, destination);
      const facts = template.sms;
      const problems = [
        numberProblem(to, destination),
        facts === null ? null : destinationProblem(facts.kind, destination),
        lengthProblem(characters),
      ];
      for (const problem of problems) {
        if (problem !== null) findings.push({ ...problem, row: row.number, column: null, value: null });
      }
      if (findings.slice(before).some(isError)) return null;
      return { content, segments, keyFor: (address) => messageKey({ ...addressed, to: address, content }) };
    },
  };

  /** With a column the rows tell their signs, so that trouble with one is told by the rows that have it. */
  function checkRowSign(row: Row, sign: string, findings: Finding[]): void {
    if (choice.sign.kind === 'fixed') return;
    const cell = cellAt(row, known.columns, signColumn.index);
    if (sign === '') findings.push({ ...cell, ...noSign });
    for (const problem of signs.get(sign) ?? []) findings.push({ ...cell, ...problem });
  }

  function idsOf(row: Row, findings: Finding[]): Pick<SmsContent, 'outId' | 'extendCode'> | null {
    const filled = fillForRow(ids, row, known.columns, findings);
    if (filled === undefined) return null;
    // The shape of the tree above.
    const { outId, extendCode } = filled as { readonly outId: string; readonly extendCode: string };
    const problems = [outIdProblem(outId.trim()), extendCodeProblem(extendCode.trim())].filter((each) => each !== null);
    for (const { path, ...problem } of problems) {
      findings.push({
        ...problem,
        ...placeInRow(ids, `sms.${path}`, row, known.columns, path === 'outId' ? outId : extendCode),
      });
    }
    if (problems.length > 0) return null;
    return { outId: outId.trim() || null, extendCode: extendCode.trim() || null };
  }
}

const noSign = {
  code: 'SMS_SIGN',
  severity: 'error',
  message: 'the row has no sign',
  hint: 'fill the cell with the name of an approved sign',
} as const;

/** Rows with other signs have other signs to use instead, and of hints that differ a person is shown none. */
function namingInstead(approved: readonly string[] = []) {
  return (problem: SmsProblem): SmsProblem =>
    problem.code === 'SMS_SIGN' ? { ...problem, message: withApproved(problem.message, approved) } : problem;
}

function aboutAll(problem: SmsProblem, name: string): Finding {
  const severity = problem.severity === 'error' ? 'fatal' : 'warning';
  return { ...problem, severity, row: null, column: null, value: name };
}

/** Source: the OutId field of the SendSms page. */
const longestOutId = 255;

function outIdProblem(id: string) {
  if (id.length <= longestOutId) return null;
  return {
    path: 'outId',
    code: 'SMS_OUT_ID',
    severity: 'error',
    message: `outId has ${id.length} characters, and the service takes fewer than 256`,
    hint: 'shorten it',
  } as const;
}

/**
 * Source: the SmsUpExtendCode field of the SendSms page. How many digits it may have is told nowhere; a number that carriers send
 * from has 21 in all (CMPP, Src_Id), so that more than 20 cannot stand behind one.
 */
function extendCodeProblem(code: string) {
  if (/^\d{0,20}$/.test(code)) return null;
  return {
    path: 'extendCode',
    code: 'SMS_EXTEND_CODE',
    severity: 'error',
    message: /^\d*$/.test(code)
      ? `extendCode has ${code.length} digits, more than 20`
      : 'extendCode is not made of digits',
    hint: 'write a few digits alone, such as 90999, or "{{ column }}" for those of a column',
  } as const;
}
