/** As short as in git's lists; fewer letters may be a word of a prompt by chance. */
const commitPrefix = /^[0-9a-f]{7,40}$/i;

/** Whether a text is the id of a commit, or a prefix of one. */
export function isCommitPrefix(text: string): boolean {
  return commitPrefix.test(text);
}
