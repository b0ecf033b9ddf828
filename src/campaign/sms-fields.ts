/** The parts of a schema that say a text message, whether it is what a campaign sends or what stands in for it. */
import { z } from 'zod';
import type { SignChoice } from '../domain/campaign.ts';
import { params, text, words } from './campaign-fields.ts';
import { parseSwitch } from './parse-campaign-fields.ts';

export const smsTemplate = z.strictObject({ code: words, params });

const fixedSign = words.transform((sign): SignChoice => ({ kind: 'fixed', sign: sign.trim() }));
const signColumn = z
  .strictObject({ column: words })
  .transform(({ column }): SignChoice => ({ kind: 'column', column }));

/** For all rows, or by a column. */
export const sign = z.union([fixedSign, signColumn]);

/** Whether rows share requests. */
export const batch = text(parseSwitch).default(true);
