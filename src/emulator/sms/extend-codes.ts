/** Which signature an extension code belongs to: the first that was sent with it. Source: isv.EXTEND_CODE_ERROR. */
import type { Refusal } from '../refusals.ts';
import { refuseSms } from './refuse-sms.ts';
import type { SmsDraft } from './sms-message.ts';

export class ExtendCodes {
  readonly #signs = new Map<string, string>();

  /** Remembers the codes of a call, or none of them where one is another signature's. */
  take(messages: readonly SmsDraft[]): Refusal | null {
    const taken = new Map<string, string>();
    for (const { extendCode, sign } of messages) {
      if (extendCode === null) continue;
      const owner = this.#signs.get(extendCode) ?? taken.get(extendCode);
      if (owner !== undefined && owner !== sign) return refuseSms('isv.EXTEND_CODE_ERROR', extendCode);
      taken.set(extendCode, sign);
    }
    for (const [code, sign] of taken) this.#signs.set(code, sign);
    return null;
  }
}
