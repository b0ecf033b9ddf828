/**
 * The flags that say what a campaign file can say. They are kept as written and read by the campaign's own schema, so
 * that a flag and its field mean the same, and all mistakes are told together.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Adds the campaign flags to a command, whose action then gets `CampaignFlags` among its options. */
export function addCampaignOptions(command: Command): Command {
  for (const option of campaignOptions()) command.addOption(option.helpGroup('Campaign:'));
  return command;
}

/** Adds the flags that may change the pace of a run whose words and list are frozen. */
export function addPaceOptions(command: Command): Command {
  for (const option of paceOptions()) command.addOption(option.helpGroup('Pace:'));
  return command;
}

function campaignOptions(): readonly Option[] {
  return [
    new Option('--name <name>', 'name of the campaign (default: from the file)'),
    new Option('--channel <channel>', 'whatsapp (default), viber, messenger, instagram or sms'),
    new Option('--from <number>', 'sender, with its country code'),
    new Option('--sign <name>', 'approved sign in front of a text message, without its brackets'),
    new Option('--template <code>', 'template code; makes a list of a .json file'),
    new Option('--language <code>', 'language of the template, or of rows whose --language-column is empty'),
    new Option('--language-column <column>', 'column with the language of each row'),
    new Option('--to <column>', 'column with the address'),
    new Option('--country <code>', 'reads national numbers, such as CN'),
    new Option('--param <variable=column>', 'column or Liquid text for a variable; repeatable').argParser(addParam),
    new Option('--param-text <variable=text>', 'fixed text for a variable; repeatable').argParser(addParam),
    new Option('--format <format>', 'csv, tsv, json or jsonl (default: from the name of the list)'),
    new Option('--delimiter <character>', 'what separates cells; also comma, semicolon, tab, pipe (default: found)'),
    new Option('--encoding <name>', 'utf-8, utf-16le, utf-16be, gb18030 or windows-1252 (default: recognised)'),
    new Option('--suppress <file>', 'addresses never to write to'),
    new Option('--rates <file>', 'prices by country prefix, of text messages and templates: tells what a plan costs'),
    new Option(
      '--expect-category <category>',
      'refuse a template that is not MARKETING, UTILITY or AUTHENTICATION, as named',
    ),
    ...paceOptions(),
  ];
}

function paceOptions(): readonly Option[] {
  return [
    new Option('--mode <mode>', 'single (default): a request a message; mass: up to 1,000 recipients a request'),
    new Option('--batch <on|off>', 'of text messages: on (default): rows share requests; off: one row a request'),
    new Option(
      '--rate <rate>',
      'quota of the account, in requests: 250/s, 60/m, 1000/h (default: 250/s, with --mode mass 10/s, of text messages 5000/s)',
    ),
    new Option('--sender-rate <rate>', 'what the sender itself may emit, in messages, such as 80/s'),
    new Option('--concurrency <n>', 'requests under way at once (default: 128)'),
    new Option('--stop-after <threshold>', 'stop when this many failed: 20% (default), 20, never'),
    new Option(
      '--stop-after-at-least <n>',
      'judge --stop-after only after this many answers (default: 50 for a share)',
    ),
    new Option('--max-duration <duration>', 'stop after this time, to be resumed: 90s, 30m, 2h'),
    new Option('--daily-cap <n>', 'messages in any 24 hours, then stop, to be resumed; also tier (default), none'),
  ];
}

/** Collects `variable=value`; the value may have further equals signs in it. */
function addParam(written: string, earlier: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, variable = '', value = ''] = /^([^=]+)=(.*)$/s.exec(written) ?? [];
  if (variable.trim() === '') {
    throw new InvalidArgumentError(`"${written}" fills no variable\nwrite variable=column, such as name=first_name`);
  }
  if (Object.hasOwn(earlier, variable.trim())) {
    throw new InvalidArgumentError(`"${variable.trim()}" is filled twice\nkeep one of the two`);
  }
  return { ...earlier, [variable.trim()]: value };
}
