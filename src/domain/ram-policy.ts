/** The rights that sendoff needs: which action each call is, what it is for, and the smallest policy that grants them. */

import { type Campaign, type SendMode, templateOf } from './campaign.ts';
import type { Channel } from './message.ts';

/** The action of an operation. Source: the authorisation tables of the API pages; GetWhatsappHealthStatus has none yet. */
export function actionOf(operation: string, service: 'cams' | 'sms' = 'cams'): string {
  return `${service === 'sms' ? 'dysms' : 'cams'}:${operation}`;
}

export interface NeededRight {
  readonly action: string;
  /** The commands that make the call. */
  readonly commands: readonly string[];
  /** False: without it something is not checked, and messages go all the same. */
  readonly required: boolean;
}

/** What of a campaign decides which calls it makes. */
export interface CampaignCalls {
  readonly custSpaceId: string | null;
  /** Absent: the usual one. */
  readonly mode?: SendMode;
  /** Absent: WhatsApp. */
  readonly channel?: Channel;
  /** False where it has words of its own and no template to fall back to. Absent: true. */
  readonly hasTemplate?: boolean;
  /** How the text messages go that stand in for its own. Absent or null: there are none. */
  readonly texts?: SendMode | null;
}

export function callsOf(campaign: Campaign): CampaignCalls {
  const { custSpaceId, channel, send, fallback } = campaign;
  const texts = fallback?.kind === 'sms' ? fallback.send.mode : null;
  return { custSpaceId, channel, mode: send.mode, hasTemplate: templateOf(campaign) !== null, texts };
}

/** The operation that hands messages over. */
export const sendOperations: Readonly<Record<SendMode, string>> = {
  single: 'SendChatappMessage',
  mass: 'SendChatappMassMessage',
  batch: 'SendBatchSms',
};

/** What a campaign makes sendoff call. The service tells of WhatsApp's senders alone, and logs WhatsApp and Viber. */
export function neededRights(calls: CampaignCalls): readonly NeededRight[] {
  const { custSpaceId, mode = 'single', channel = 'whatsapp', hasTemplate = true, texts = null } = calls;
  const sending = ['send', 'resume', 'retry'];
  const checking = ['check', 'plan', 'send', 'doctor'];
  if (channel === 'sms') return smsRights(mode);
  const right = (operation: string, commands: readonly string[], required: boolean, called: boolean) =>
    called ? [{ action: actionOf(operation), commands, required }] : [];
  return [
    ...right(sendOperations[mode], sending, true, true),
    ...right('GetChatappTemplateDetail', ['check', 'preview', 'plan', ...sending, 'doctor'], true, hasTemplate),
    ...right('QueryChatappPhoneNumbers', checking, false, channel === 'whatsapp'),
    ...right('ListChatappMessage', [...sending, 'reconcile'], false, channel === 'whatsapp' || channel === 'viber'),
    ...right('GetWhatsappHealthStatus', checking, false, channel === 'whatsapp' && custSpaceId !== null),
    ...(texts === null ? [] : smsRights(texts)),
  ];
}

/** A batch goes out as one operation or the other, by what its rows share. */
function smsRights(mode: SendMode): readonly NeededRight[] {
  const sending = ['send', 'resume', 'retry'];
  const checking = ['check', 'preview', 'plan', ...sending];
  const right = (operation: string, commands: readonly string[], required: boolean) => ({
    action: actionOf(operation, 'sms'),
    commands,
    required,
  });
  return [
    right('SendSms', sending, true),
    ...(mode === 'batch' ? [right('SendBatchSms', sending, true)] : []),
    right('GetSmsTemplate', checking, true),
    right('GetSmsSign', checking, false),
    right('QuerySendDetails', [...sending, 'reconcile'], false),
  ];
}

export interface RamPolicy {
  readonly Version: '1';
  readonly Statement: readonly [
    { readonly Effect: 'Allow'; readonly Action: readonly string[]; readonly Resource: '*' },
  ];
}

/** The service knows no rights to a part of it, so the resource is everything. Source: the same tables. */
export function ramPolicy(actions: readonly string[]): RamPolicy {
  return { Version: '1', Statement: [{ Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' }] };
}

/** Whether a refusal means that the caller lacks a right; a wrong key, signature or clock is none of these. */
export function isMissingRight(code: string): boolean {
  return /^(NoPermission(\..*)?|Ram\.PermissionDeny|(isp\.)?RAM_PERMISSION_DENY|Forbidden\.RAM|NotAuthorized)$/.test(
    code,
  );
}

/** What to do about a missing right, on one line: the action, who needs it, and the policy for the whole campaign. */
export function missingRightFix(action: string, campaign: CampaignCalls): string {
  const { texts = null } = campaign;
  const onlyTexts = texts === null && action.startsWith(actionOf('', 'sms'));
  const needed = neededRights(onlyTexts ? { ...campaign, channel: 'sms' } : campaign);
  const commands = needed.find((right) => right.action === action)?.commands ?? [];
  const policy = ramPolicy([action, ...needed.map((right) => right.action)]);
  const grant = `grant ${action} to the RAM user or role${commands.length === 0 ? '' : `: ${commands.join(', ')} need it`}`;
  return `${grant}; a policy for the whole campaign: ${JSON.stringify(policy)}`;
}
