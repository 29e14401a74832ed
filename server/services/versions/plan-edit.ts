import type { z } from "zod";
import type { EditPlanOutput, generationEditInput } from "#lib/contracts/edit-plan.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { prepareEdit } from "./prepare-edit.ts";

/**
 * What an edit would do, as the difference from the version that it would stand on. Stores nothing.
 *
 * @throws AppError GENERATION_NOT_FOUND, INVALID_PATH, INPUT_TOO_LARGE, EDIT_FAILED, NO_CHANGES
 */
export async function planEdit({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationEditInput>;
}): Promise<EditPlanOutput> {
  const prepared = await prepareEdit({ container, ownerId, input });
  if (prepared.status === "conflicted") return { status: "conflicted", conflicts: prepared.conflicts };
  const { changes, counts, newContents } = prepared.candidate;
  const hashes = changes.flatMap(({ oldHash, newHash }) =>
    [oldHash, newHash].flatMap((hash) => (hash === undefined || newContents.has(hash) ? [] : [hash])),
  );
  const contents = new Map([...(await loadBlobs({ transaction: container.database.prisma, hashes })), ...newContents]);
  const read = (hash: ContentHash | undefined) => (hash === undefined ? null : (contents.get(hash) ?? null));
  const files = changes.flatMap(({ path, previousPath, disposition, oldHash, newHash, oldMode, newMode }) =>
    disposition === "kept"
      ? []
      : [
          {
            path,
            status: disposition,
            ...(oldMode === undefined ? {} : { oldMode }),
            ...(newMode === undefined ? {} : { newMode }),
            ...(previousPath === undefined ? {} : { previousPath }),
            ...buildFilePatch({
              path,
              ...(previousPath === undefined ? {} : { previousPath }),
              before: read(oldHash),
              after: read(newHash),
              oldMode,
              newMode,
            }),
          },
        ],
  );
  return { status: "clean", files, counts };
}
