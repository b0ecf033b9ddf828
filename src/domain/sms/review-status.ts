/** Where the service's review of a sign or a template stands; `unknown` for a word that this version does not know. */
export type ReviewStatus = 'pending' | 'approved' | 'rejected' | 'cancelled' | 'unknown';
