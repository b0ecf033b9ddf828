/** The work of `templates create` and `templates modify`. */
import { readFile } from 'node:fs/promises';
import type { CampaignMistake } from '../../campaign/campaign-file-error.ts';
import { listVariants } from '../../campaign/templates/find-variants.ts';
import { followReview, type ReviewedVariant, type ReviewVerdict } from '../../campaign/templates/follow-review.ts';
import type { TemplateFile } from '../../campaign/templates/parse-template-file.ts';
import { readTemplateFile } from '../../campaign/templates/read-template-file.ts';
import { TemplateDraftError } from '../../campaign/templates/template-file-error.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { TemplateDirectory } from '../../domain/template-directory.ts';
import type { TemplateDraft } from '../../domain/template-draft.ts';
import { templateOfDraft } from '../../domain/template-draft-model.ts';
import type { TemplateSource } from '../../domain/template-source.ts';
import type { WriteTemplateOptions } from '../commands/templates.ts';
import type { Call, CliContext } from '../context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { openReviewDisplay } from '../render/review-display.ts';
import { renderTemplate } from '../render/template-details.ts';
import { reviewText } from '../render/template-state.ts';
import { inertLine } from '../render/wide-text.ts';
import { withTemplates } from '../with-templates.ts';

export class TemplateNotModifiableError extends OperatorError {
  override readonly code = 'TEMPLATE_NOT_MODIFIABLE';
  override readonly kind = 'invalid';
}

/** The review said no, or something that is not yes. */
export class TemplateRefusedError extends OperatorError {
  override readonly code = 'TEMPLATE_REFUSED';
  override readonly kind = 'blocked';
}

export function runTemplatesCreate(cli: CliContext, call: Call<WriteTemplateOptions>): Promise<ExitCode> {
  return writeTemplates(cli, call, async ({ drafts }, directory) =>
    drafts.map((draft) => ({ draft, write: () => directory.create(draft), done: 'created' })),
  );
}

/** Nothing is changed unless everything may be. */
export function runTemplatesModify(cli: CliContext, call: Call<WriteTemplateOptions>): Promise<ExitCode> {
  return writeTemplates(cli, call, async ({ code, drafts }, directory) => {
    const changes: Change[] = [];
    for (const draft of drafts) {
      const [variant] = await listVariants(directory, code ?? draft.name, draft.language);
      if (variant.review !== 'refused' && variant.review !== 'unreviewed') {
        throw new TemplateNotModifiableError(`"${draft.name}" in "${draft.language}" is ${reviewText(variant)}`, {
          hint: 'only what is not reviewed yet or was refused can be modified: create it under another name',
        });
      }
      changes.push({ draft, write: () => directory.modify(variant.code, draft), done: 'modified' });
    }
    return changes;
  });
}

interface Change {
  readonly draft: TemplateDraft;
  write(): ReturnType<TemplateDirectory['create']>;
  /** The word for it. */
  readonly done: string;
}

type PlanChanges = (file: TemplateFile, directory: TemplateDirectory) => Promise<readonly Change[]>;

async function writeTemplates(
  cli: CliContext,
  call: Call<WriteTemplateOptions>,
  planChanges: PlanChanges,
): Promise<ExitCode> {
  const { options, output } = call;
  const file = await readDrafts(options.file, output);
  if (options.dryRun === true) {
    output.answer(file.drafts.map((draft) => drawn(draft, output)).join('\n\n'));
    output.talk('nothing was handed in: --dry-run');
    return exitCode.done;
  }
  return withTemplates(cli, call, async ({ service }) => {
    const [first] = file.drafts;
    const custSpaceId = first?.custSpaceId ?? options.custSpaceId ?? null;
    // From here on there is something to be told about, whenever the person leaves.
    const leaving = new AbortController();
    const ignore = cli.io.onInterrupt(() => leaving.abort());
    try {
      const changes = await planChanges(file, service.directory(custSpaceId));
      const written = await makeChanges(changes, output, leaving.signal);
      if (written.length < changes.length) return exitCode.interrupted;
      if (options.wait === undefined) return exitCode.done;
      return await awaitReview(cli, call, service.templates({ custSpaceId }), written, leaving.signal);
    } finally {
      ignore();
    }
  });
}

/** One after the other; none after `signal`. */
async function makeChanges(
  changes: readonly Change[],
  output: Output,
  signal: AbortSignal,
): Promise<readonly ReviewedVariant[]> {
  const written: ReviewedVariant[] = [];
  for (const { draft, write, done } of changes) {
    const { language } = draft;
    if (signal.aborted) {
      output.insist(`not handed in: ${draft.name} in ${language}`);
      continue;
    }
    const { code, name } = await write();
    output.event({ event: done, code, name, language });
    output.answer(`${done} ${name} in ${language}: code ${code}, in review`);
    written.push({ code, language });
  }
  return written;
}

async function readDrafts(path: string, output: Output): Promise<TemplateFile> {
  try {
    const file = await readTemplateFile(path, (name) => readFile(name, 'utf8'));
    for (const warning of file.warnings) {
      output.event({ event: 'warning', ...warning });
      output.talk(warningText(warning));
    }
    return file;
  } catch (error) {
    if (error instanceof TemplateDraftError) {
      for (const mistake of error.mistakes) output.event({ event: 'mistake', ...mistake });
    }
    throw error;
  }
}

function warningText({ place, message, hint }: CampaignMistake): string {
  const where = place.kind === 'file' ? `${place.file}:${place.line}:${place.column}` : place.flag;
  return `warning: ${where}: ${message}${hint === null ? '' : `\n  ${hint}`}`;
}

function drawn(draft: TemplateDraft, output: Output): string {
  const template = templateOfDraft(draft);
  output.event({ event: 'draft', draft });
  return renderTemplate(template, {
    width: output.width,
    colour: output.colour(output.stdout),
    state: 'draft',
  });
}

const longestWaitMs = 24 * 3_600_000;

async function awaitReview(
  { clock }: CliContext,
  { options, output }: Call<WriteTemplateOptions>,
  templates: TemplateSource,
  variants: readonly ReviewedVariant[],
  signal: AbortSignal,
): Promise<ExitCode> {
  const { wait } = options;
  const display = output.quiet ? null : openReviewDisplay(output.stderr, clock);
  let waiting = variants.map(({ language }) => language);
  display?.update(waiting);
  try {
    const verdicts = await followReview({
      variants,
      templates,
      clock,
      longestMs: wait === true || wait === undefined ? longestWaitMs : wait,
      signal,
      onVerdict: (verdict) => {
        output.event({ event: 'reviewed', ...verdict });
        waiting = waiting.filter((language) => language !== verdict.language);
        display?.clear();
        // What is not approved is told as the error that it is.
        if (verdict.kind === 'approved') output.answer(verdictText(verdict));
        if (waiting.length > 0) display?.update(waiting);
      },
    });
    return conclude(verdicts, signal.aborted, output, options);
  } finally {
    display?.clear();
  }
}

function conclude(
  verdicts: readonly ReviewVerdict[],
  interrupted: boolean,
  output: Output,
  { file }: WriteTemplateOptions,
): ExitCode {
  const bad = verdicts.filter(({ kind }) => kind === 'refused' || kind === 'other');
  if (bad.length > 0) {
    throw new TemplateRefusedError(bad.map(verdictText).join('; '), {
      hint: `mend "${file}" and hand it in again: sendoff templates modify -f ${file} --wait`,
    });
  }
  if (verdicts.every(({ kind }) => kind === 'approved')) return exitCode.done;
  output.insist('the review goes on without us: sendoff templates list --status reviewing');
  return interrupted ? exitCode.interrupted : exitCode.stopped;
}

function verdictText(verdict: ReviewVerdict): string {
  switch (verdict.kind) {
    case 'approved':
      return `approved in ${verdict.language}`;
    case 'refused':
      return inertLine(`refused in ${verdict.language}: ${verdict.reason ?? 'no reason given'}`);
    case 'other':
      return inertLine(`${verdict.statusWord} in ${verdict.language}`);
    case 'pending':
      return `in review in ${verdict.language}`;
  }
}
