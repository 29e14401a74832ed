/** As short as in git's lists. */
export function shortenCommitId(commitId: string): string {
  return commitId.slice(0, 7);
}
