/** As git shows it in lists. */
export function shortenCommitId(commitId: string): string {
  return commitId.slice(0, 7);
}
