/** Makes the request fields of rows from the texts that the campaign gives for them. */
import type { Campaign } from './campaign.ts';
import type { Finding } from './finding.ts';
import type { JsonValue } from './json-value.ts';
import type { LiquidCompiler } from './liquid-text.ts';
import { type ReadRequest, type RequestProblem, readRequest } from './read-request.ts';
import type { Row } from './recipient-source.ts';
import { noRequestFields, type RequestField, type RequestFields } from './request-fields.ts';
import type { ColumnUse, KnownColumns } from './row-content.ts';
import { fillForRow, placeInRow } from './row-values.ts';
import { type CompiledTree, compileTree } from './text-tree.ts';

export interface RowRequests {
  map(known: KnownColumns): void;
  /** What is wrong for all rows. May repeat itself. */
  findings(): readonly Finding[];
  /** Null while it may yet use more columns. */
  columnUse(): ColumnUse | null;
  /** What is wrong with a row's fields is added to `findings`. */
  fieldsOf(row: Row, findings: Finding[]): RequestFields;
}

const requestPath = 'request';

export function createRowRequests(request: Campaign['request'], liquid: LiquidCompiler): RowRequests {
  const isEmpty = Object.keys(request).length === 0;
  let known: KnownColumns = { columns: [], complete: false, ended: false };
  let tree: CompiledTree = compileTree(request, requestPath, { ...known, liquid });
  /** Where every row has the same. */
  let fixed: ReadRequest | null = null;
  return {
    map(columns) {
      known = columns;
      tree = compileTree(request, requestPath, { ...columns, liquid });
      fixed = tree.isFixed ? readFilled(tree.fill([])) : null;
    },
    findings: () => [
      ...tree.findings,
      ...(fixed?.problems ?? []).map(
        (problem): Finding => ({
          ...wordsOf(problem),
          row: null,
          column: null,
          severity: 'fatal',
          value: problem.value,
        }),
      ),
    ],
    columnUse: () => (known.complete ? { used: tree.columns, wanting: [] } : null),
    fieldsOf(row, findings) {
      if (isEmpty) return noRequestFields;
      if (fixed !== null) return fixed.fields;
      const value = fillForRow(tree, row, known.columns, findings);
      if (value === undefined) return noRequestFields;
      const { fields, problems } = readFilled(value);
      for (const problem of problems) {
        const place = placeInRow(tree, problem.path, row, known.columns, problem.value);
        findings.push({ ...wordsOf(problem), ...place, severity: 'error' });
      }
      return fields;
    },
  };
}

/** The tree is a group by request field, and keeps that shape. */
function readFilled(value: JsonValue): ReadRequest {
  return readRequest(value as Readonly<Partial<Record<RequestField, JsonValue>>>);
}

function wordsOf({ path, message, hint }: RequestProblem): Pick<Finding, 'code' | 'message' | 'hint'> {
  return { code: 'REQUEST_FIELD_INVALID', message: `${path} ${message}`, hint };
}
