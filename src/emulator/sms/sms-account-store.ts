/** The signatures and templates of the account, which may be changed while the emulator runs. */
import { z } from 'zod';
import type { SmsAccount } from './check-sms-order.ts';
import { reviewStates, type SmsSign, sampleSigns } from './sms-signs.ts';
import { partsOf, type SmsTemplate, sampleSmsTemplates } from './sms-templates.ts';

const state = z.enum(reviewStates, { error: `must be one of ${reviewStates.join(', ')}` });

/** Which signature, and its new state. */
export const signChangeSchema = z.strictObject({ name: z.string('must be a name'), state });

/** Which template, and what is new about it. Attributes are by variable. */
export const smsTemplateChangeSchema = z.strictObject({
  code: z.string('must be a template code'),
  state: state.optional(),
  content: z.string('must be text').min(1, 'must not be empty').optional(),
  attributes: z.record(z.string(), z.string()).optional(),
});

export class SmsAccountStore implements SmsAccount {
  #signs = sampleSigns;
  #templates = sampleSmsTemplates;

  get signs(): readonly SmsSign[] {
    return this.#signs;
  }

  get templates(): readonly SmsTemplate[] {
    return this.#templates;
  }

  /** The signature as it is now, or null where there is none of that name. */
  changeSign({ name, state }: z.output<typeof signChangeSchema>): SmsSign | null {
    this.#signs = this.#signs.map((sign) => (sign.name === name ? { ...sign, state } : sign));
    return this.#signs.find((sign) => sign.name === name) ?? null;
  }

  /** The template as it is now, or null where there is none of that code. */
  changeTemplate({ code, ...change }: z.output<typeof smsTemplateChangeSchema>): SmsTemplate | null {
    const known = this.#templates.find((template) => template.code === code);
    if (known === undefined) return null;
    const { state = known.state, content = known.content, attributes = known.attributes } = change;
    const changed = { ...known, state, content, attributes, parts: partsOf(content) };
    this.#templates = this.#templates.map((template) => (template.code === code ? changed : template));
    return changed;
  }
}
