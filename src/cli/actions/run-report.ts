/** The work of `report`. */
import type { Report } from '../../domain/report.ts';
import type { ReportCommandOptions } from '../commands/report.ts';
import type { Composition, ReportFormat } from '../compose.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { renderBalance } from '../render/balance.ts';
import { reportOf } from '../report-of.ts';
import { refreshRun } from '../sending/refresh-run.ts';
import { UsageError } from '../usage-error.ts';
import { withRunReader } from '../with-run-reader.ts';
import { withService } from '../with-service.ts';
import { writeTextFile, writeTextStream } from '../write-text.ts';

export async function runReport(cli: CliContext, call: Call<ReportCommandOptions>): Promise<Ending> {
  const { args, options, output } = call;
  const [path = ''] = args;
  call.remember({ run: path });
  const forms = formsOf(options);
  if (forms.filter(({ file }) => file === null).length > 1) {
    throw new UsageError('standard output takes one form at a time', {
      hint: 'name files: --csv report.csv --md report.md',
    });
  }
  if (options.refresh) await withService(cli, call, { runFile: path }, (job) => refreshRun(job, path));
  const composition = await cli.compose(options);
  return withRunReader(composition, path, async (reader) => {
    const report = await reportOf(reader);
    if (forms.length === 0) showSummary(report, output);
    for (const form of forms) await write(form, report, composition, output);
    return { code: exitCode.done, balance: report.balance, run: path };
  });
}

interface Form {
  readonly format: ReportFormat;
  /** Null: standard output. */
  readonly file: string | null;
}

/** `--json` asks for the document on standard output, unless every form that is asked for goes to a file. */
function formsOf({ csv, jsonl, md, json, jsonFile }: ReportCommandOptions): readonly Form[] {
  const targets = { csv, jsonl, md, json: jsonFile } as const;
  const forms = (['csv', 'jsonl', 'md', 'json'] as const).flatMap((format): readonly Form[] => {
    const target = targets[format];
    return target === undefined ? [] : [{ format, file: target === true ? null : target }];
  });
  const onlyFiles = forms.length > 0 && forms.every(({ file }) => file !== null);
  return json === undefined || onlyFiles ? forms : [...forms, { format: 'json', file: null }];
}

async function write({ format, file }: Form, report: Report, composition: Composition, output: Output): Promise<void> {
  const writer = await composition.reportWriter(format);
  if (file === null) {
    await writeTextStream(output.stdout, writer(report));
    return;
  }
  await writeTextFile(file, writer(report));
  output.talk(`written: ${file}`);
}

function showSummary({ balance, fallback, causes, plan: { service } }: Report, output: Output): void {
  const colour = output.colour(output.stdout);
  const { width } = output;
  output.answer(renderBalance({ balance, fallback, causes, service, command: null, width, colour }));
}
