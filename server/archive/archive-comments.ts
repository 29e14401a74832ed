/** The comment of every archive that Graft exports. It is part of the format, as git's commit id is in git's archives. */
export const exportComment = "Exported by Graft: the files of one version";

/** `git archive`, and so every forge, writes the id of the commit into the comment. */
export const commitId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
