import type { ContentHash, GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { StoredCheckRun } from "#server/store/checks/check-runs.ts";
import { findFirstParent, getStoredGeneration } from "#server/store/versions/generations.ts";
import { loadCandidateFiles } from "../runs/checking/load-candidate-files.ts";

/** The files that a check runs on, and the parent that its result is compared with. */
export type CheckedFiles = {
  rootTreeHash: ContentHash;
  parentGenerationId: GenerationId | null;
  /** @throws AppError RUN_HOLDS_NOTHING if the run has another candidate by now */
  load(): Promise<{ tree: FileTree; loadContents: (hashes: readonly ContentHash[]) => Promise<FileContents> }>;
};

/** The files of a version, or of the candidate of a waiting run. */
export async function findCheckedFiles({
  container,
  run,
}: {
  container: Container;
  run: StoredCheckRun;
}): Promise<CheckedFiles> {
  const { database, treeObjects } = container;
  const transaction = database.prisma;
  if (run.runId !== null) {
    const { runId, rootTreeHash } = run;
    const { parentGenerationId } = await transaction.run.findUniqueOrThrow({
      where: { id: runId },
      select: { parentGenerationId: true },
    });
    return {
      rootTreeHash,
      parentGenerationId: parentGenerationId as GenerationId | null,
      load: () => loadCandidateFiles({ container, runId, rootTreeHash }),
    };
  }
  const { generationId } = run;
  const { rootTreeHash } = await getStoredGeneration({ transaction, generationId });
  return {
    rootTreeHash,
    parentGenerationId: await findFirstParent({ database, generationId }),
    load: async () => ({
      tree: await treeObjects.load({ transaction, rootHash: rootTreeHash }),
      loadContents: (hashes) => loadBlobs({ transaction, hashes: [...hashes] }),
    }),
  };
}
