/**
 * Reads what the operator named, a campaign file or a list with flags, as a campaign. Nothing of the list itself is
 * read here.
 */
import path from 'node:path';
import type { Campaign } from '../domain/campaign.ts';
import { CampaignFileError, CampaignUnreadableError } from './campaign-file-error.ts';
import { type CampaignFlags, type FieldPath, isFields, overlayFlags, type RawFields } from './campaign-flags.ts';
import { campaignSchema, knownFields, knownFieldsWithText, smsFallbackCampaignSchema } from './campaign-schema.ts';
import { describeIssues } from './describe-issues.ts';
import { fileNamePart, isSmsChannel } from './parse-campaign-fields.ts';
import { type CampaignText, parseCampaignText } from './parse-campaign-text.ts';
import { knownSmsFields, smsCampaignSchema } from './sms-campaign-schema.ts';

export interface CampaignInput {
  /** A campaign file (.yaml, .yml, .json), a list, or `-` for a list on standard input. */
  readonly path: string;
  readonly flags: CampaignFlags;
}

/** Throws a `CampaignFileError` with every mistake at once, or a `CampaignUnreadableError`. */
export async function readCampaign(
  input: CampaignInput,
  readText: (path: string) => Promise<string>,
): Promise<Campaign> {
  return isList(input) ? campaignOfList(input) : campaignOfFile(input, readText);
}

const campaignExtensions = ['.yaml', '.yml', '.json'];
const listExtensions = ['.csv', '.tsv', '.json', '.jsonl'];

/**
 * Told by the name, never by the content. A `.json` is a list when `--template` is given beside it and a campaign
 * otherwise; `--format` makes a list of any name that is no campaign's.
 */
function isList({ path: name, flags }: CampaignInput): boolean {
  if (name === '-') return true;
  const extension = path.extname(name).toLowerCase();
  if (extension === '.json') return flags.template !== undefined;
  if (campaignExtensions.includes(extension)) return false;
  if (listExtensions.includes(extension) || flags.format !== undefined) return true;
  if (extension === '.xlsx') {
    throw new CampaignUnreadableError(`not yet: this version does not read "${name}"`, {
      hint: 'save the list as CSV UTF-8',
    });
  }
  throw new CampaignUnreadableError(`"${name}" is neither a campaign (.yaml, .json) nor a list by its name`, {
    hint: 'name the format of a list: --format csv, tsv, json or jsonl',
  });
}

function campaignOfList({ path: list, flags }: CampaignInput): Campaign {
  return parsedCampaign({ name: nameFrom(list), recipients: { file: list }, template: {} }, null, flags).campaign;
}

/** Files named in a campaign file lie beside it; files named by a flag lie where the operator is. */
async function campaignOfFile(
  { path: file, flags }: CampaignInput,
  readText: (path: string) => Promise<string>,
): Promise<Campaign> {
  const text = parseCampaignText(file, await textOf(file, readText));
  // a group that is missing altogether is one whose fields are missing
  const content = text.fields['message'] === undefined ? { template: {} } : {};
  const written = { name: nameFrom(file), recipients: {}, ...content, ...text.fields };
  const { campaign, flagAt } = parsedCampaign(written, text, flags);
  const beside = (name: string) => (name === '-' || path.isAbsolute(name) ? name : path.join(path.dirname(file), name));
  const besideUnlessFlag = (name: string | null, field: FieldPath) =>
    name !== null && flagAt(field) === null ? beside(name) : name;
  const { recipients, rates } = campaign;
  return {
    ...campaign,
    recipients: {
      ...recipients,
      file: beside(recipients.file),
      suppress: besideUnlessFlag(recipients.suppress, ['recipients', 'suppress']),
    },
    rates: besideUnlessFlag(rates, ['rates']),
  };
}

async function textOf(file: string, readText: (path: string) => Promise<string>): Promise<string> {
  try {
    return await readText(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const missing = code === 'ENOENT';
    throw new CampaignUnreadableError(
      missing ? `no campaign file "${file}"` : `cannot read the campaign file "${file}" (${code})`,
      { cause, hint: missing ? 'check the path, or write a campaign with sendoff init' : undefined },
    );
  }
}

function parsedCampaign(written: RawFields, text: CampaignText | null, flags: CampaignFlags) {
  const { fields, flagAt, flagWithin } = overlayFlags(written, flags);
  const { schema, known } = schemaFor(fields);
  const result = schema.safeParse(fields);
  const mistakes = [
    ...(text?.mistakes ?? []),
    ...describeIssues(result.error?.issues ?? [], { fields, text, flagAt, flagWithin, known }),
  ];
  if (!result.success || mistakes.length > 0) throw new CampaignFileError(mistakes);
  return { campaign: result.data, flagAt };
}

/** Text messages have fields of their own, by themselves and as what stands in for others. */
function schemaFor({ channel, fallback }: RawFields) {
  if (isSmsChannel(channel)) return { schema: smsCampaignSchema, known: knownSmsFields };
  const textsInstead = isFields(fallback) && (isSmsChannel(fallback['channel']) || fallback['sign'] !== undefined);
  if (textsInstead) return { schema: smsFallbackCampaignSchema, known: knownFieldsWithText };
  return { schema: campaignSchema, known: knownFields };
}

/** The file's name without folder and ending, with dashes where it could not begin the name of a run file. */
function nameFrom(file: string): string {
  if (file === '-') return 'standard-input';
  return fileNamePart(path.parse(file).name);
}
