/** Templates as they stand on the wire of GetChatappTemplateDetail. Source: the operation's response table. */
import { z } from 'zod';

const extendableButton = z.looseObject({
  /** PHONE_NUMBER, URL, QUICK_REPLY, COPY_CODE, ONE_TAP, ZERO_TAP, CATALOG, MPM or FLOW. */
  Type: z.string(),
  Text: z.string().optional(),
  Url: z.string().optional(),
  UrlType: z.enum(['static', 'dynamic']).optional(),
  PhoneNumber: z.string().optional(),
  CouponCode: z.string().optional(),
});

const plainComponent = z.looseObject({
  /** BODY, HEADER, FOOTER, BUTTONS, CAROUSEL or LIMITED_TIME_OFFER. */
  Type: z.string(),
  /** TEXT, IMAGE, DOCUMENT or VIDEO, for a header. */
  Format: z.string().optional(),
  Text: z.string().optional(),
  Url: z.string().optional(),
  FileName: z.string().optional(),
  /** The service spells it with a small h. */
  hasExpiration: z.boolean().optional(),
  OfferExpirationTimeMs: z.string().optional(),
  Buttons: z.array(extendableButton).optional(),
});

export const wireTemplateSchema = z.strictObject({
  TemplateCode: z.string().min(1),
  /** The list calls it TemplateName. */
  Name: z.string().min(1),
  Language: z.string().min(1),
  /**
   * The operation's page names the first four; `paused` and `disabled` are words of the review receipt (ChatAppAudit)
   * and taken to stand here too.
   */
  AuditStatus: z.enum(['pass', 'fail', 'auditing', 'unaudit', 'paused', 'disabled']),
  Category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  TemplateType: z.literal('WHATSAPP'),
  /** Why the review refused it; empty otherwise. */
  Reason: z.string(),
  QualityScore: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']),
  /** How long delivery is tried, in seconds; only where it was written. */
  MessageSendTtlSeconds: z.int().min(1).optional(),
  /** Sample values by variable. */
  Example: z.record(z.string(), z.string()),
  Components: z.array(
    plainComponent.extend({
      Cards: z.array(z.looseObject({ CardComponents: z.array(plainComponent) })).optional(),
    }),
  ),
});

/** What a test may change while the emulator runs: any field of one language variant. */
export const templateChangeSchema = wireTemplateSchema.partial().required({ TemplateCode: true, Language: true });

export type WireTemplate = z.output<typeof wireTemplateSchema>;
export type WireComponent = WireTemplate['Components'][number];
export type TemplateChange = z.output<typeof templateChangeSchema>;
