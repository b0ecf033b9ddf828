/** A mistake in what was written in a campaign, where it stands, and what to write instead. */
export interface CampaignMistake {
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}
