import type { ObjectId } from "#lib/contracts/ids.ts";
import type { GitEngine } from "./git-engine.ts";

/** The tags whose commit is in a repository, by commit. */
export async function listCommitTags({
  git,
  repository,
  tags,
  signal,
}: {
  git: GitEngine;
  repository: string;
  tags: ReadonlyMap<string, ObjectId>;
  signal: AbortSignal;
}): Promise<Map<string, ObjectId>> {
  if (tags.size === 0) return new Map();
  const listed = await git.run({
    repository,
    args: ["cat-file", "--batch-check=%(objectname)"],
    input: [...tags.values()].map((id) => `${id}^{commit}\n`).join(""),
    signal,
  });
  const lines = listed.toString("latin1").split("\n");
  return new Map(
    [...tags.keys()].flatMap((name, index): [string, ObjectId][] => {
      const line = lines[index] ?? "";
      return /^[0-9a-f]{40}$/.test(line) ? [[name, line as ObjectId]] : [];
    }),
  );
}
