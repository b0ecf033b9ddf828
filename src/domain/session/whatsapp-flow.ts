/**
 * The action of an interactive message that opens a Flow. Source, where nothing else is said: Meta's page
 * developers.facebook.com/documentation/business-messaging/whatsapp/flows/guides/sendingaflow.
 */
import { isJsonObject, memberOf, textAt } from '../json-value.ts';
import { type Check, type ContentProblem, keyPath, problemAt } from './content-problem.ts';
import { isEmpty, object } from './shape-checks.ts';
import { all, anything, doubtful, fixed, invalid, oneOf, text } from './value-checks.ts';

/** Meta advises up to 30 characters and no emoji (messages/interactive-flow-messages), which refuses nothing. */
const buttonLabel = text({
  longest: 30,
  severity: 'warning',
  form: (written) =>
    /\p{Emoji_Presentation}|\uFE0F/u.test(written) ? doubtful(`"${written}" has an emoji`, 'remove it') : null,
});

/** Data that is given must be an object with something in it. */
const screenData: Check = (value, path) =>
  isJsonObject(value) && !isEmpty(value)
    ? []
    : [problemAt(path, value, invalid('is not an object with data', 'give its keys, or remove it'))];

const parameters = object({
  required: { flow_message_version: fixed('3'), flow_cta: buttonLabel },
  optional: {
    flow_id: text(),
    flow_name: text(),
    flow_token: text(),
    mode: oneOf(['published', 'draft']),
    flow_action: oneOf(['navigate', 'data_exchange']),
    flow_action_payload: object({ optional: { screen: text(), data: screenData } }),
    flow_metadata: anything,
  },
});

/** A Flow is named by its id or by its name, and by one of them only. */
const namedOnce: Check = (value, path) => {
  if (!isJsonObject(value)) return [];
  const given = ['flow_id', 'flow_name'].filter((key) => !isEmpty(memberOf(value, key) ?? null));
  if (given.length === 1) return [];
  if (given.length === 2) {
    return [problemAt(path, undefined, invalid('has both flow_id and flow_name', 'remove one of them'))];
  }
  const complaint = {
    code: 'CONTENT_KEY_MISSING',
    message: 'is missing',
    hint: 'add "flow_id", or "flow_name"',
  } as const;
  return [problemAt(keyPath(path, 'flow_id'), undefined, complaint)];
};

/** A screen to begin with belongs to `navigate`; where the Flow asks its own end point, that one answers with the screen. */
const payloadFitsAction: Check = (value, path): readonly ContentProblem[] => {
  const payload = memberOf(value, 'flow_action_payload');
  if (textAt(value, 'flow_action') !== 'data_exchange' || payload === undefined) return [];
  const message = 'is not taken with flow_action data_exchange';
  const complaint = { code: 'CONTENT_KEY_REFUSED', message, hint: 'remove "flow_action_payload"' } as const;
  return [problemAt(keyPath(path, 'flow_action_payload'), payload, complaint)];
};

export const whatsappFlowAction: Check = object({
  required: { name: fixed('flow'), parameters: all(parameters, namedOnce, payloadFitsAction) },
});
