/** A message: template + params + recipient, with the key by which sendoff knows it again. */

export type Channel = 'whatsapp';

/** What is said. A union by `kind`, so that other contents join it without a change to those who only pass it on. */
export interface TemplateContent {
  readonly kind: 'template';
  readonly code: string;
  readonly language: string;
  /** Final texts by variable, every variable of the template and nothing else. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Message {
  /** The row it came from; unique within a run. */
  readonly row: number;
  /** Same key = same words to the same person from the same sender: the base of "nobody gets it twice". */
  readonly key: string;
  readonly channel: Channel;
  /** The sender, digits only. */
  readonly from: string;
  /** The recipient, digits only with country code. */
  readonly to: string;
  readonly content: TemplateContent;
}
