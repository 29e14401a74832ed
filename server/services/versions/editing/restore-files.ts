import type { z } from "zod";
import type { generationRestoreFilesInput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { comparePaths, isSameFile, type FileEntry } from "#server/core/file-tree.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { lockHead } from "#server/store/projects.ts";
import { appendTree } from "../append-tree.ts";
import { assertHead } from "../assert-head.ts";

/**
 * Restores single files of another version in the head, as a new version. All other files stay unchanged.
 *
 * @throws AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, FILE_NOT_FOUND, HEAD_MOVED, NO_CHANGES
 */
export async function restoreFiles({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationRestoreFilesInput>;
}): Promise<{ generationId: GenerationId }> {
  const { database, treeObjects } = container;
  return database.prisma.$transaction(async (transaction) => {
    const headId = await lockHead({ transaction, ownerId, projectId: input.projectId });
    const source = await getStoredGeneration({ transaction, generationId: input.fromGenerationId, ownerId });
    if (headId === null || source.projectId !== input.projectId) {
      throw new AppError({
        code: "GENERATION_NOT_FOUND",
        message: "This project has no such version. Nothing was restored.",
        details: { generationId: input.fromGenerationId },
      });
    }
    assertHead({ head: headId, expected: input.expectedHeadGenerationId, notDone: "Nothing was restored." });
    const head = await getStoredGeneration({ transaction, generationId: headId });
    const headTree = await treeObjects.load({ transaction, rootHash: head.rootTreeHash });
    const sourceTree = await treeObjects.load({ transaction, rootHash: source.rootTreeHash });
    const entries = new Map<FilePath, FileEntry>(headTree);
    for (const path of input.paths) {
      const entry = sourceTree.get(path);
      if (entry === undefined) {
        throw new AppError({
          code: "FILE_NOT_FOUND",
          message: `v${source.version} has no file ${path}. Nothing was restored.`,
          details: { path, generationId: source.generationId },
        });
      }
      entries.set(path, entry);
    }
    if (input.paths.every((path) => isSameFile(headTree.get(path), entries.get(path)))) {
      throw new AppError({
        code: "NO_CHANGES",
        message: `These files are the same in v${source.version} and in v${head.version}, which is active. No version was made.`,
      });
    }
    const tree = new Map([...entries].sort(([a], [b]) => comparePaths(a, b)));
    const prompt =
      input.paths.length === 1
        ? `Restored ${input.paths[0]} from v${source.version}`
        : `Restored ${input.paths.length} files from v${source.version}`;
    return appendTree({
      container,
      transaction,
      parent: head,
      tree,
      newContents: new Map(),
      kind: "restore",
      prompt,
      sourceGenerationId: source.generationId,
    });
  });
}
