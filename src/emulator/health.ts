/** GetWhatsappHealthStatus: what WhatsApp would say of a sender, a template or the account. Source: its API page. */
import { type Answer, okAnswer, refusalAnswer } from './answer.ts';
import type { Parameters } from './parameters.ts';
import { refuse } from './refusals.ts';
import type { WireSender } from './senders.ts';
import type { TemplateStore } from './template-store.ts';

/** Source: Meta, "Messaging health status". */
type Health = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

interface Entity {
  readonly EntityType: string;
  readonly CanSendMessage: Health;
  readonly PhoneNumber?: string;
  readonly TemplateCode?: string;
  readonly Language?: string;
  readonly Errors: readonly {
    readonly ErrorCode: string;
    readonly ErrorDescription: string;
    readonly PossibleSolution: string;
  }[];
}

const nodeTypes = ['template', 'phone', 'waba'];

export function getHealthStatus(
  parameters: Parameters,
  senders: readonly WireSender[],
  templates: TemplateStore,
): Answer {
  const nodeType = parameters.text('NodeType');
  if (parameters.text('CustSpaceId') === '') return refusalAnswer(refuse('MissingCustSpaceId'));
  if (nodeType === '') return refusalAnswer(refuse('MissingNodeType'));
  if (!nodeTypes.includes(nodeType)) return refusalAnswer(refuse('InvalidParameter', 'NodeType'));
  const waba: Entity = { EntityType: 'WABA', CanSendMessage: 'AVAILABLE', Errors: [] };
  if (nodeType === 'waba') return healthAnswer([waba]);
  const entity = nodeType === 'phone' ? senderHealth(parameters, senders) : templateHealth(parameters, templates);
  return entity === null ? refusalAnswer(refuse('InvalidParameter', 'no such node')) : healthAnswer([entity, waba]);
}

/** A number that is not in the list is as healthy as it can send. */
function senderHealth(parameters: Parameters, senders: readonly WireSender[]): Entity | null {
  const PhoneNumber = parameters.text('PhoneNumber');
  if (PhoneNumber === '') return null;
  const known = senders.find((sender) => sender.PhoneNumber === PhoneNumber);
  const node = { EntityType: 'PHONE_NUMBER', PhoneNumber };
  if (known?.Status === 'OFFLINE') {
    const [ErrorCode, ErrorDescription, PossibleSolution] = [
      '141000',
      'This phone number is not connected.',
      'Register the phone number in the console.',
    ];
    return { ...node, CanSendMessage: 'BLOCKED', Errors: [{ ErrorCode, ErrorDescription, PossibleSolution }] };
  }
  if (known?.QualityRating === 'RED') {
    const [ErrorCode, ErrorDescription, PossibleSolution] = [
      '141010',
      'The quality of this phone number is low.',
      'Send to people who asked for your messages.',
    ];
    return { ...node, CanSendMessage: 'LIMITED', Errors: [{ ErrorCode, ErrorDescription, PossibleSolution }] };
  }
  return { ...node, CanSendMessage: 'AVAILABLE', Errors: [] };
}

function templateHealth(parameters: Parameters, templates: TemplateStore): Entity | null {
  const TemplateCode = parameters.text('TemplateCode');
  const Language = parameters.text('Language');
  const template = templates.find({ code: TemplateCode, name: '' }, Language);
  if (template === undefined) return null;
  const CanSendMessage = template.wire.AuditStatus === 'pass' ? 'AVAILABLE' : 'BLOCKED';
  return { EntityType: 'MESSAGE_TEMPLATE', TemplateCode, Language, CanSendMessage, Errors: [] };
}

/** The account as a whole is as well as the worst of its parts. */
function healthAnswer(entities: readonly Entity[]): Answer {
  const states = entities.map(({ CanSendMessage }) => CanSendMessage);
  const worst = (['BLOCKED', 'LIMITED'] as const).find((state) => states.includes(state));
  return okAnswer({ Success: true, Data: { CanSendMessage: worst ?? 'AVAILABLE', Entities: entities } });
}
