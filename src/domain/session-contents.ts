/** Makes the session messages of rows, and judges each as the service and the channel will. */
import type { SessionChoice } from './campaign.ts';
import type { Finding } from './finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import type { LiquidCompiler } from './liquid-text.ts';
import type { Channel, SessionContent } from './message.ts';
import { messageKey } from './message-key.ts';
import type { Row } from './recipient-source.ts';
import { cellAt, type KnownColumns, type RowContents } from './row-content.ts';
import { fillForRow, placeInRow } from './row-values.ts';
import { checkContent } from './session/check-content.ts';
import type { ContentProblem } from './session/content-problem.ts';
import { typedContent } from './session/typed-content.ts';
import { findColumn } from './template-mapping.ts';
import { type CompiledTree, compileTree } from './text-tree.ts';

export interface SessionContentsOptions {
  readonly choice: SessionChoice;
  readonly channel: Channel;
  readonly from: string;
  readonly liquid: LiquidCompiler;
}

const contentPath = 'message.content';

export function createSessionContents(options: SessionContentsOptions): RowContents<SessionContent> {
  const { choice, channel, from } = options;
  const { type, content: source } = choice;
  const contents =
    source.kind === 'fields'
      ? contentsOfFields(source.fields, options)
      : contentsOfColumn(source.column, type, channel);
  return {
    ...contents,
    contentOf(row, findings) {
      const made = contents.read(row, findings);
      if (made === null) return null;
      const content: SessionContent = { kind: 'session', type, content: made };
      return { content, keyFor: (to) => messageKey({ channel, from, to, content }) };
    },
  };
}

/** The content of a row before it has a key; null with a finding. */
interface ContentReader extends Pick<RowContents<SessionContent>, 'map' | 'findings' | 'columnUse'> {
  read(row: Row, findings: Finding[]): JsonObject | null;
}

/** Fields of the campaign, with texts over the columns in them. What reads no column is judged once, and for all rows. */
function contentsOfFields(
  fields: Extract<SessionChoice['content'], { kind: 'fields' }>['fields'],
  { choice, channel, liquid }: SessionContentsOptions,
): ContentReader {
  let known: KnownColumns = { columns: [], complete: false, ended: false };
  let tree: CompiledTree = compileTree(fields, contentPath, { ...known, liquid });
  /** Where every row has the same. */
  let fixed: { readonly content: JsonObject; readonly problems: readonly ContentProblem[] } | null = null;

  const contentOf = (value: JsonValue): JsonObject => (isJsonObject(value) ? typedContent(value) : {});

  return {
    map(columns) {
      known = columns;
      tree = compileTree(fields, contentPath, { ...columns, liquid });
      fixed = null;
      if (!tree.isFixed) return;
      const content = contentOf(tree.fill([]));
      fixed = { content, problems: checkContent(channel, choice.type, content) };
    },
    findings: () => [...tree.findings, ...(fixed?.problems ?? []).map(fixedFinding)],
    columnUse: () => (known.complete ? { used: tree.columns, wanting: [] } : null),
    read(row, findings) {
      if (fixed !== null) return fixed.problems.some(isRefusal) ? null : fixed.content;
      const value = fillForRow(tree, row, known.columns, findings);
      if (value === undefined) return null;
      const content = contentOf(value);
      const problems = checkContent(channel, choice.type, content);
      for (const problem of problems) {
        const path = `${contentPath}.${problem.path}`;
        findings.push({ ...findingOf(problem), ...placeInRow(tree, path, row, known.columns, problem.value) });
      }
      return problems.some(isRefusal) ? null : content;
    },
  };
}

/** A column of the list that holds the whole content as JSON. */
function contentsOfColumn(name: string, type: string, channel: Channel): ContentReader {
  let known: KnownColumns = { columns: [], complete: false, ended: false };
  let found = findColumn(name, 'the content', [], false);
  return {
    map(columns) {
      known = columns;
      found = findColumn(name, 'the content', columns.columns, columns.complete);
    },
    findings: () => found.findings,
    columnUse: () => (known.complete ? { used: [found.index], wanting: [] } : null),
    read(row, findings) {
      const cell = cellAt(row, known.columns, found.index);
      const content = parseObject(cell.value);
      if (content === null) {
        findings.push({ ...cell, ...notJson(cell.value) });
        return null;
      }
      const problems = checkContent(channel, type, content);
      findings.push(...problems.map((problem) => ({ ...findingOf(problem), ...cell, value: problem.value })));
      return problems.some(isRefusal) ? null : content;
    },
  };
}

function notJson(cell: string): Pick<Finding, 'code' | 'severity' | 'message' | 'hint'> {
  return {
    code: 'CONTENT_NOT_JSON',
    severity: 'error',
    message: cell.trim() === '' ? 'the content is empty' : 'the content is not a JSON object',
    hint: 'write it as JSON: {"text": "…"}',
  };
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isRefusal({ severity }: ContentProblem): boolean {
  return severity === 'error';
}

/** A problem that every row has: the campaign cannot go, or should be looked at. */
function fixedFinding(problem: ContentProblem): Finding {
  const severity = isRefusal(problem) ? 'fatal' : 'warning';
  return { ...findingOf(problem), row: null, column: null, severity };
}

function findingOf({ code, severity, value, message, hint }: ContentProblem): Finding {
  return { row: null, column: null, code, severity, value, message: `message.content: ${message}`, hint };
}
