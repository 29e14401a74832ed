import type { ObjectId } from "#lib/contracts/ids.ts";
import type { GitEngine } from "./git-engine.ts";

/** The ids of every file and directory of a commit, by path; the root is the empty path. */
export async function listTreeIds({
  git,
  repository,
  commitId,
}: {
  git: GitEngine;
  repository: string;
  commitId: ObjectId;
}): Promise<ReadonlyMap<string, ObjectId>> {
  const [root, listed] = await Promise.all([
    git.run({ repository, args: ["rev-parse", "--verify", `${commitId}^{tree}`] }),
    git.run({ repository, args: ["ls-tree", "-r", "-t", "-z", "--full-tree", commitId] }),
  ]);
  const ids = new Map<string, ObjectId>([["", root.toString("utf8").trim() as ObjectId]]);
  for (const line of listed.toString("utf8").split("\0")) {
    const tab = line.indexOf("\t");
    if (tab !== -1) ids.set(line.slice(tab + 1), line.slice(tab - 40, tab) as ObjectId);
  }
  return ids;
}
