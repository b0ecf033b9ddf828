/** What is wrong with a template file: every mistake at once, each with its line and column. */
import { OperatorError } from '../../domain/operator-error.ts';
import { type CampaignMistake, describeMistakes } from '../campaign-file-error.ts';

export class TemplateDraftError extends OperatorError {
  override readonly code = 'TEMPLATE_DRAFT';
  override readonly kind = 'usage';
  /** In the order of the file. Never empty. */
  readonly mistakes: readonly CampaignMistake[];

  constructor(mistakes: readonly CampaignMistake[]) {
    const { ordered, message, hint } = describeMistakes(mistakes, 'the template');
    super(message, { hint });
    this.mistakes = ordered;
  }
}

export class TemplateDraftUnreadableError extends OperatorError {
  override readonly code = 'TEMPLATE_DRAFT_UNREADABLE';
  override readonly kind = 'usage';
}
