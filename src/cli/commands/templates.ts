/** `templates`: what the account has, and authoring. A group; each of its commands is registered below. */
import type { Command } from 'commander';
import { parseDuration } from '../../domain/parse-duration.ts';
import { type Parsed, parsedMistake, parsedValue } from '../../domain/parsed.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { TemplateFilter } from '../../domain/template-directory.ts';
import { type DraftCategory, draftCategories } from '../../domain/template-draft.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { addServiceOptions, parsedBy, type ServiceOptions } from '../shared-options.ts';

export type TemplatesOptions = CommonOptions & ServiceOptions;

export interface ListTemplatesOptions extends TemplatesOptions {
  readonly status?: TemplateFilter['review'];
  readonly type?: TemplateFilter['type'];
  readonly language?: string;
  readonly name?: string;
  readonly category?: DraftCategory;
}

export interface ShowTemplateOptions extends TemplatesOptions {
  readonly language?: string;
}

export interface SampleTemplateOptions extends ShowTemplateOptions {
  readonly out?: string;
}

export interface WriteTemplateOptions extends TemplatesOptions {
  readonly file: string;
  /** Milliseconds, or true where no bound was given. */
  readonly wait?: number | true;
  readonly dryRun?: true;
}

export interface DeleteTemplateOptions extends ShowTemplateOptions {
  readonly allLanguages?: true;
  readonly yes?: true;
}

export function registerTemplates(program: Command, cli: CliContext): void {
  const templates = program
    .command('templates')
    .usage('<command> [options]')
    .helpCommand(false)
    .summary('what is approved, its variables, and authoring')
    .description('Lists, shows, compares, creates, modifies and deletes the templates of the account.');
  registerList(templates, cli);
  registerShow(templates, cli);
  registerSample(templates, cli);
  registerDiff(templates, cli);
  registerCreate(templates, cli);
  registerModify(templates, cli);
  registerDelete(templates, cli);
}

function registerList(templates: Command, cli: CliContext): void {
  const command = templates
    .command('list')
    .summary('the templates of the account')
    .description('Lists every template that fits, a line for each language.')
    .option(
      '--status <state>',
      `where the review stands: ${Object.keys(reviewWords).slice(0, 4).join(', ')}`,
      parsedBy(parseReview),
    )
    .option('--type <type>', 'WHATSAPP or VIBER', parsedBy(oneOf(['WHATSAPP', 'VIBER'])))
    .option('--language <code>', 'in this language')
    .option('--name <text>', 'with this in its name')
    .option('--category <category>', draftCategories.join(', '), parsedBy(oneOf(draftCategories)));
  addServiceOptions(command).action(
    cli.action<ListTemplatesOptions>(async (call) => {
      const { runTemplatesList } = await import('../actions/run-templates-list.ts');
      await runTemplatesList(cli, call);
      return exitCode.done;
    }),
  );
}

function registerShow(templates: Command, cli: CliContext): void {
  const command = templates
    .command('show')
    .summary('one template as its reader sees it')
    .description('Draws a template in each of its languages, with its variables, their places and their examples.')
    .argument('<code>', 'code or name of the template')
    .option('--language <code>', 'this language only');
  addServiceOptions(command).action(
    cli.action<ShowTemplateOptions>(async (call) => {
      const { runTemplatesShow } = await import('../actions/run-templates-show.ts');
      await runTemplatesShow(cli, call);
      return exitCode.done;
    }),
  );
}

function registerSample(templates: Command, cli: CliContext): void {
  const command = templates
    .command('sample')
    .summary('a list with the right columns')
    .description('Writes a list with the columns that a template needs and one row of examples, to be filled in.')
    .argument('<code>', 'code or name of the template')
    .option('--language <code>', 'for this language only')
    .option('--out <list.csv>', 'the file to write (default: standard output)');
  addServiceOptions(command).action(
    cli.action<SampleTemplateOptions>(async (call) => {
      const { runTemplatesSample } = await import('../actions/run-templates-sample.ts');
      await runTemplatesSample(cli, call);
      return exitCode.done;
    }),
  );
}

function registerDiff(templates: Command, cli: CliContext): void {
  const command = templates
    .command('diff')
    .summary('two languages of a template side by side')
    .description('Shows which variables and which parts differ between two languages of a template.')
    .argument('<code>', 'code or name of the template')
    .argument('<language>', 'one language')
    .argument('<other>', 'the other');
  addServiceOptions(command).action(
    cli.action<TemplatesOptions>(async (call) => {
      const { runTemplatesDiff } = await import('../actions/run-templates-diff.ts');
      await runTemplatesDiff(cli, call);
      return exitCode.done;
    }),
  );
}

function registerCreate(templates: Command, cli: CliContext): void {
  const command = templates
    .command('create')
    .summary('hand a new template to the review')
    .description('Checks a template file against every documented rule, and hands it to the review in each language.');
  addServiceOptions(addWriteOptions(command)).action(
    cli.action<WriteTemplateOptions>(async (call) => {
      const { runTemplatesCreate } = await import('../actions/run-templates-write.ts');
      return runTemplatesCreate(cli, call);
    }),
  );
}

function registerModify(templates: Command, cli: CliContext): void {
  const command = templates
    .command('modify')
    .summary('mend a template that is not approved')
    .description(
      'Replaces a template that was refused or is not reviewed yet by what the file says, and hands it in again.',
    );
  addServiceOptions(addWriteOptions(command)).action(
    cli.action<WriteTemplateOptions>(async (call) => {
      const { runTemplatesModify } = await import('../actions/run-templates-write.ts');
      return runTemplatesModify(cli, call);
    }),
  );
}

function registerDelete(templates: Command, cli: CliContext): void {
  const command = templates
    .command('delete')
    .summary('delete a template')
    .description('Deletes a template in one language, or in all of them. There is no way back.')
    .argument('<code>', 'code or name of the template')
    .option('--language <code>', 'in this language')
    .option('--all-languages', 'in all of its languages')
    .option('--yes', 'delete without asking');
  addServiceOptions(command).action(
    cli.action<DeleteTemplateOptions>(async (call) => {
      const { runTemplatesDelete } = await import('../actions/run-templates-delete.ts');
      await runTemplatesDelete(cli, call);
      return exitCode.done;
    }),
  );
}

function addWriteOptions(command: Command): Command {
  return command
    .requiredOption('-f, --file <template.yaml>', 'the template file')
    .option(
      '--wait [duration]',
      'wait for the review, at most so long (default: 24h); exit 7 where it refuses',
      parsedBy(parseDuration),
    )
    .option('--dry-run', 'check and draw the template, and ask the service nothing');
}

/** Ours first, then the words of the service, which its console and its pages use. */
const reviewWords = {
  approved: 'approved',
  refused: 'refused',
  reviewing: 'reviewing',
  unreviewed: 'unreviewed',
  pass: 'approved',
  fail: 'refused',
  auditing: 'reviewing',
  unaudit: 'unreviewed',
} as const satisfies Readonly<Record<string, NonNullable<TemplateFilter['review']>>>;

function parseReview(text: string): Parsed<NonNullable<TemplateFilter['review']>> {
  const words = Object.entries(reviewWords);
  const found = words.find(([word]) => word === text.trim().toLowerCase());
  if (found !== undefined) return parsedValue(found[1]);
  const known = Object.keys(reviewWords);
  return parsedMistake(`no state "${text}"`, didYouMean(text, known) ?? `write ${known.slice(0, 4).join(', ')}`);
}

function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Parsed<Word> {
  return (text) => {
    const word = words.find((candidate) => candidate === text.trim().toUpperCase());
    if (word !== undefined) return parsedValue(word);
    return parsedMistake(`"${text}" is none of ${words.join(', ')}`, didYouMean(text, words) ?? `write ${words[0]}`);
  };
}
