/** Where a review stands, in one word of ours; a word that this version does not know is shown as the service writes it. */
export function reviewWord({ status, statusWord }: { readonly status: string; readonly statusWord: string }): string {
  return status === 'unknown' && statusWord !== '' ? statusWord : status;
}
