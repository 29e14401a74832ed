import type { z } from "zod";
import type { EditPlanOutput, generationEditInput } from "#lib/contracts/runs/edit-plan.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { buildPatches } from "#server/services/comparisons/build-patches.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { prepareEdit } from "./prepare-edit.ts";

/**
 * A preview of an edit, as the difference from its base. Stores nothing.
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
  const changed = changes.flatMap(({ disposition, ...change }) =>
    disposition === "kept" ? [] : [{ ...change, status: disposition }],
  );
  const patches = await buildPatches({
    threads: container.threads,
    files: changed.map(({ path, previousPath, oldHash, newHash, oldMode, newMode }) => ({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      before: read(oldHash),
      after: read(newHash),
      oldMode,
      newMode,
    })),
  });
  const files = changed.flatMap(({ path, previousPath, status, oldMode, newMode }, index) => {
    const built = patches[index];
    if (built === undefined) return [];
    const { isLate: _isLate, ...patch } = built;
    return [
      {
        path,
        status,
        ...(oldMode === undefined ? {} : { oldMode }),
        ...(newMode === undefined ? {} : { newMode }),
        ...(previousPath === undefined ? {} : { previousPath }),
        ...patch,
      },
    ];
  });
  return { status: "clean", files, counts };
}
