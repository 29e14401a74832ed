/** The comment of every archive that Graft exports. It is part of the format, as git's commit id is in git's archives. */
export const exportComment = "Exported by Graft: the files of one version";
