/** Picks the rows worth looking at before a send: the first, the longest, and the riskiest. */
import type { Finding } from '../domain/finding.ts';
import type { Message, MessageContent } from '../domain/message.ts';
import type { PlanReader } from '../domain/plan-store.ts';

export interface PreviewChoice {
  readonly message: Message;
  /** Why it was chosen, such as `first and longest`. */
  readonly why: string;
}

export async function choosePreviews(plan: PlanReader): Promise<readonly PreviewChoice[]> {
  let first: Message | null = null;
  let longest: Message | null = null;
  let longestLength = -1;
  for await (const messages of plan.messages()) {
    for (const message of messages) {
      first ??= message;
      const length = lengthOf(message.content);
      if (length <= longestLength) continue;
      longest = message;
      longestLength = length;
    }
  }
  const riskiest = await riskiestMessage(plan);
  const reasons = new Map<number, { message: Message; why: string[] }>();
  const candidates = [
    [first, 'first'],
    [longest, 'longest'],
    [riskiest, 'riskiest'],
  ] as const;
  for (const [message, why] of candidates) {
    if (message === null) continue;
    const known = reasons.get(message.row) ?? { message, why: [] };
    known.why.push(why);
    reasons.set(message.row, known);
  }
  return [...reasons.values()].map(({ message, why }) => ({ message, why: why.join(' and ') }));
}

/** Of all that varies between rows, in characters. */
function lengthOf(content: MessageContent): number {
  if (content.kind === 'session') return JSON.stringify(content.content).length;
  return Object.values(content.params).reduce((sum, value) => sum + value.length, 0);
}

/** The message that goes out with the most warnings; among equals the first. Null where none has any. */
async function riskiestMessage(plan: PlanReader): Promise<Message | null> {
  let riskiest: Message | null = null;
  let most = 0;
  let row = 0;
  let risks = 0;
  const close = async () => {
    if (risks <= most) return;
    // Null for a row that is left out: it is no risk to anybody.
    const message = await plan.messageAt(row);
    if (message === null) return;
    riskiest = message;
    most = risks;
  };
  for await (const findings of plan.findings()) {
    for (const finding of findings) {
      if (finding.row === null || !isRisk(finding)) continue;
      if (finding.row !== row) {
        await close();
        row = finding.row;
        risks = 0;
      }
      risks += 1;
    }
  }
  await close();
  return riskiest;
}

/** A rewritten address is a risk as well, if a small one: the number may be somebody else's. */
function isRisk({ severity, code }: Finding): boolean {
  return severity === 'warning' || code === 'ADDRESS_NORMALISED';
}
