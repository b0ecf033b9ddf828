/** What `sendoff explain` says of a finding. */
export interface FindingExplanation {
  readonly cause: string;
  readonly fix: string;
}
