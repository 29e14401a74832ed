import type { ContentHash } from "#lib/contracts/ids.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import type { WorkingTree } from "#server/core/merge/working-tree.ts";
import type { GenerationStore } from "../ports.ts";

/** Current contents of a run's files: its own from memory, the parent's from the store. */
export async function loadCurrentContents({
  workingTree,
  generations,
  hashes,
}: {
  workingTree: WorkingTree;
  generations: GenerationStore;
  hashes: Iterable<ContentHash>;
}): Promise<FileContents> {
  const wanted = [...hashes];
  const own = new Map<ContentHash, Uint8Array>();
  for (const hash of wanted) {
    const bytes = workingTree.newContents.get(hash);
    if (bytes !== undefined) own.set(hash, bytes);
  }
  const stored = await generations.loadContents(wanted.filter((hash) => !own.has(hash)));
  return own.size === 0 ? stored : new Map([...stored, ...own]);
}
