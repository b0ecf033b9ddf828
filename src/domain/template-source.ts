/** Contract: where templates come from (the service, or a saved detail). */
import type { Template } from './template.ts';

export type TemplateLookup =
  /** `detail` is what the source answered, as canonical JSON: it is frozen in the plan and compared before a send. */
  | { readonly kind: 'found'; readonly template: Template; readonly detail: string }
  /** A definite no: there is no such template in that language. */
  | { readonly kind: 'missing'; readonly code: string; readonly reason: string };

export interface TemplateSource {
  /**
   * Looks up one language variant. Safe to call again. Throws an `OperatorError` of kind `access`, `blocked` or
   * `unreachable` when the service refuses the caller or does not answer after the source's own retries.
   */
  find(code: string, language: string): Promise<TemplateLookup>;
}
