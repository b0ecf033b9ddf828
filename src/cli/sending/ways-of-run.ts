/** How the messages of a run leave: its own by the service of the campaign, and those that stand in for them by another where there is one. */
import type { ExecuteOptions, Way } from '../../campaign/execute-plan.ts';
import { sendingHours } from '../../campaign/sending-hours.ts';
import type { Campaign } from '../../domain/campaign.ts';
import { effectiveDailyCap, tierPeopleFor } from '../../domain/daily-cap.ts';
import type { Channel } from '../../domain/message.ts';
import type { PlanRecord } from '../../domain/run-record.ts';
import type { PromotionWindow } from '../../domain/sms/promotion-hours.ts';
import type { ConnectedService, OpenedService } from '../compose.ts';
import type { SendFileRequest } from './send-run-file.ts';

export async function waysOfRun(request: SendFileRequest, plan: PlanRecord): Promise<ExecuteOptions['ways']> {
  const { runId, campaign, sender } = plan;
  const { channel, custSpaceId, fallback, send: pace } = campaign;
  const provider = (by: Channel, { mode }: Pick<Campaign['send'], 'mode'>) =>
    carrierOf(request.service, campaign, by).provider({ runId, custSpaceId, mode });
  const own: Way = {
    channel,
    provider: provider(channel, pace),
    pace,
    dailyCap: effectiveDailyCap(pace.dailyCap, tierPeopleFor(campaign, sender)),
    hours: await hoursOf(request, plan, channel),
  };
  if (fallback?.kind !== 'sms') return [own];
  const texts: Way = {
    channel: 'sms',
    provider: provider('sms', fallback.send),
    pace: { ...fallback.send, senderRate: null },
    dailyCap: null,
    hours: await hoursOf(request, plan, 'sms'),
  };
  return [own, texts];
}

/** The service that carries a channel of the campaign. */
export function carrierOf(
  service: OpenedService,
  campaign: Pick<Campaign, 'channel'>,
  channel: Channel,
): ConnectedService {
  if (channel === campaign.channel) return service;
  if (service.fallback === null) throw new Error(`no service was opened for the messages that go by ${channel}`);
  return service.fallback;
}

/** Whether the messages of the plan that go by a channel may go at a moment. */
export async function hoursOf(
  { call, composition }: SendFileRequest,
  { templates }: PlanRecord,
  channel: Channel,
): Promise<(now: number) => PromotionWindow> {
  if (call.options.ignoreHours || call.options.dryRun) return () => ({ kind: 'open', closing: null });
  const ofChannel = templates.filter((frozen) => frozen.channel === channel);
  const found = await Promise.all(ofChannel.map(composition.frozenTemplate));
  return (now) => sendingHours(found, now);
}
