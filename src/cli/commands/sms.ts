/** `sms`: what the service of text messages tells. A group; each of its commands is registered below. Nothing is changed. */
import type { Command } from 'commander';
import { parseOneOf } from '../../domain/parse-one-of.ts';
import { parseChinaDay } from '../../domain/sms/parse-china-day.ts';
import { type CountedKind, countedKinds } from '../../domain/sms/send-statistics.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { addSmsServiceOptions, parsedBy, parseNonBlank, type ServiceOptions } from '../shared-options.ts';

export type SmsOptions = CommonOptions & ServiceOptions;

export interface SampleSmsOptions extends SmsOptions {
  readonly out?: string;
}

export interface SmsDetailsOptions extends SmsOptions {
  /** `yyyyMMdd`. */
  readonly date?: string;
}

export interface SmsStatisticsOptions extends SmsOptions {
  /** `yyyyMMdd`; so is the next. */
  readonly from?: string;
  readonly to?: string;
  readonly globe?: true;
  readonly sign?: string;
  readonly type?: CountedKind;
}

export interface QualificationOptions extends SmsOptions {
  readonly reveal?: true;
}

export function registerSms(program: Command, cli: CliContext): void {
  const sms = program
    .command('sms')
    .usage('<command> [options]')
    .helpCommand(false)
    .summary('signs, templates, deliveries and counts of text messages')
    .description('Looks up what Short Message Service has of the account. Nothing is changed.');
  registerSigns(group(sms, 'signs', 'the signs of the account'), cli);
  registerSmsTemplates(group(sms, 'templates', 'the text templates of the account'), cli);
  registerDetails(sms, cli);
  registerStatistics(sms, cli);
  registerQualifications(group(sms, 'qualifications', 'who owns the signs'), cli);
}

function group(sms: Command, name: string, summary: string): Command {
  return sms
    .command(name)
    .usage('<command> [options]')
    .helpCommand(false)
    .summary(summary)
    .description(`Lists and shows ${summary}.`);
}

function registerSigns(signs: Command, cli: CliContext): void {
  const list = signs
    .command('list')
    .summary('every sign')
    .description('Lists every sign, and where its review stands.');
  addSmsServiceOptions(list).action(
    cli.action<SmsOptions>(async (call) => {
      const { runSmsSignsList } = await import('../actions/run-sms-signs.ts');
      await runSmsSignsList(cli, call);
      return exitCode.done;
    }),
  );
  const show = signs
    .command('show')
    .summary('one sign with its filings')
    .description('Shows where the review of a sign stands, and its filing with each carrier of mainland China.')
    .argument('<name>', 'name of the sign, without brackets');
  addSmsServiceOptions(show).action(
    cli.action<SmsOptions>(async (call) => {
      const { runSmsSignsShow } = await import('../actions/run-sms-signs.ts');
      await runSmsSignsShow(cli, call);
      return exitCode.done;
    }),
  );
}

function registerSmsTemplates(templates: Command, cli: CliContext): void {
  const list = templates
    .command('list')
    .summary('every text template')
    .description('Lists every text template, and where its review stands.');
  addSmsServiceOptions(list).action(
    cli.action<SmsOptions>(async (call) => {
      const { runSmsTemplatesList } = await import('../actions/run-sms-templates.ts');
      await runSmsTemplatesList(cli, call);
      return exitCode.done;
    }),
  );
  const show = templates
    .command('show')
    .summary('one text template')
    .description('Shows the words of a template, its variables and what each may hold, and its signs.')
    .argument('<code>', 'code of the template, such as SMS_100000001');
  addSmsServiceOptions(show).action(
    cli.action<SmsOptions>(async (call) => {
      const { runSmsTemplatesShow } = await import('../actions/run-sms-templates.ts');
      await runSmsTemplatesShow(cli, call);
      return exitCode.done;
    }),
  );
  const sample = templates
    .command('sample')
    .summary('a list with the right columns')
    .description('Writes a list with the columns that a template needs and one row to be overwritten.')
    .argument('<code>', 'code of the template, such as SMS_100000001')
    .option('--out <list.csv>', 'the file to write (default: standard output)', parsedBy(parseNonBlank));
  addSmsServiceOptions(sample).action(
    cli.action<SampleSmsOptions>(async (call) => {
      const { runSmsTemplatesSample } = await import('../actions/run-sms-templates.ts');
      await runSmsTemplatesSample(cli, call);
      return exitCode.done;
    }),
  );
}

function registerDetails(sms: Command, cli: CliContext): void {
  const details = sms
    .command('details')
    .summary('what the carriers said of messages')
    .description(
      'Tells what became of the messages to a number on one day, or of the accepted rows of a run file. The service keeps 30 days.',
    )
    .argument('<run file or number>', 'a run file, or a number with its country code')
    .option(
      '--date <yyyy-mm-dd>',
      "a day of China's clock (default: of a number today, of a run file all days)",
      parsedBy(parseChinaDay),
    );
  addSmsServiceOptions(details).action(
    cli.action<SmsDetailsOptions>(async (call) => {
      const { runSmsDetails } = await import('../actions/run-sms-details.ts');
      return runSmsDetails(cli, call);
    }),
  );
}

function registerStatistics(sms: Command, cli: CliContext): void {
  const statistics = sms
    .command('statistics')
    .summary('messages by day, and how many came through')
    .description('Draws how many messages the account sent on each day, and how many of them were delivered or failed.')
    .option('--from <yyyy-mm-dd>', 'first day (default: six days before the last)', parsedBy(parseChinaDay))
    .option('--to <yyyy-mm-dd>', "last day, of China's clock (default: today)", parsedBy(parseChinaDay))
    .option('--globe', 'to everywhere but mainland China')
    .option('--sign <name>', 'under this sign', parsedBy(parseNonBlank))
    .option(
      '--type <type>',
      `of this kind: ${countedKinds.join(', ')}`,
      parsedBy((text) => parseOneOf(text, countedKinds, 'a kind of message')),
    );
  addSmsServiceOptions(statistics).action(
    cli.action<SmsStatisticsOptions>(async (call) => {
      const { runSmsStatistics } = await import('../actions/run-sms-statistics.ts');
      await runSmsStatistics(cli, call);
      return exitCode.done;
    }),
  );
}

function registerQualifications(qualifications: Command, cli: CliContext): void {
  const list = qualifications
    .command('list')
    .summary('every qualification')
    .description('Lists every qualification, and where its review stands. Names of people are masked.')
    .option('--reveal', 'show personal data whole');
  addSmsServiceOptions(list).action(
    cli.action<QualificationOptions>(async (call) => {
      const { runQualificationsList } = await import('../actions/run-sms-qualifications.ts');
      await runQualificationsList(cli, call);
      return exitCode.done;
    }),
  );
  const show = qualifications
    .command('show')
    .summary('one qualification')
    .description('Shows the company and the people of a qualification. What is personal is masked.')
    .argument('<id>', 'id of the qualification, as the list shows it')
    .option('--reveal', 'show personal data whole');
  addSmsServiceOptions(show).action(
    cli.action<QualificationOptions>(async (call) => {
      const { runQualificationsShow } = await import('../actions/run-sms-qualifications.ts');
      await runQualificationsShow(cli, call);
      return exitCode.done;
    }),
  );
}
