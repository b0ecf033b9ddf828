/** The work of `report`. */
import type { Balance } from '../../domain/balance.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportOptions } from '../commands/report.ts';
import type { Composition, ReportFormat } from '../compose.ts';
import type { Call, CliContext, CommonOptions } from '../context.ts';
import type { Output } from '../output.ts';
import { renderBalance } from '../render/balance.ts';
import { reportOf, writeReportFile, writeReportStream } from '../write-text.ts';

export class ReportFormsError extends OperatorError {
  override readonly code = 'REPORT_FORMS';
  override readonly kind = 'usage';
}

export async function runReport(
  cli: CliContext,
  call: Call<ReportOptions & CommonOptions>,
): Promise<{ balance: Balance; run: string }> {
  const { args, options, output } = call;
  const [path = ''] = args;
  call.remember({ run: path });
  const wanted = formsOf(options);
  if (wanted.filter(({ file }) => file === null).length > 1) {
    throw new ReportFormsError('standard output takes one form at a time', {
      hint: 'name files: --csv report.csv --md report.md',
    });
  }
  const composition = await cli.compose(options);
  const reader = composition.runReader(path);
  try {
    const report = await reportOf(reader);
    if (wanted.length === 0) showSummary(report, output);
    for (const form of wanted) await write(form, report, composition, output);
    return { balance: report.balance, run: path };
  } finally {
    reader.close();
  }
}

interface Form {
  readonly format: ReportFormat;
  /** Null: standard output. */
  readonly file: string | null;
}

function formsOf({ csv, jsonl, md, json, jsonFile }: ReportOptions): readonly Form[] {
  const targets = { csv, jsonl, md } as const;
  const forms = (['csv', 'jsonl', 'md'] as const).flatMap((format): readonly Form[] => {
    const target = targets[format];
    return target === undefined ? [] : [{ format, file: target === true ? null : target }];
  });
  return [
    ...forms,
    ...(jsonFile === undefined ? [] : [{ format: 'json' as const, file: jsonFile }]),
    ...(json === undefined || forms.length > 0 || jsonFile !== undefined
      ? []
      : [{ format: 'json' as const, file: null }]),
  ];
}

async function write({ format, file }: Form, report: Report, composition: Composition, output: Output): Promise<void> {
  const writer = await composition.reportWriter(format);
  if (file === null) {
    await writeReportStream(output.stdout, report, writer);
    return;
  }
  await writeReportFile(file, report, writer);
  output.talk(`written: ${file}`);
}

function showSummary({ balance, causes, plan }: Report, output: Output): void {
  const colour = output.colour(output.stdout);
  output.answer(renderBalance({ balance, causes, service: plan.service, command: null, width: output.width, colour }));
}
