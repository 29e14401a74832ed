/**
 * The comment of every archive that Graft exports. It is part of the format, like git's commit id in git's archives.
 */
export const exportComment = "Exported by Graft: the files of one version";

/** `git archive`, and so every forge, writes the commit id into the comment. */
export const commitId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
