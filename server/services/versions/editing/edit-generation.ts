import type { z } from "zod";
import type { generationEditInput } from "#lib/contracts/runs/edit-plan.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";
import { lockHead } from "#server/store/projects.ts";
import { assertHead } from "../assert-head.ts";
import { findAddedSecrets } from "#server/orchestrator/context/find-added-secrets.ts";
import { findResultProblems } from "../find-result-problems.ts";
import { prepareEdit } from "./prepare-edit.ts";

/**
 * Stores the user's change set on one generation as a new version. All operations apply, or none. It is based on the
 * active version only if that is still active and nothing conflicts. Findings about parts that do not fit together are
 * stored with it.
 *
 * @throws AppError GENERATION_NOT_FOUND, INVALID_PATH, INPUT_TOO_LARGE, EDIT_FAILED, EDIT_CONFLICT, HEAD_MOVED,
 *   NO_CHANGES
 */
export async function editGeneration({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationEditInput>;
}): Promise<{ generationId: GenerationId }> {
  const { database, treeObjects } = container;
  const prepared = await prepareEdit({ container, ownerId, input });
  if (prepared.status === "conflicted") {
    throw new AppError({
      code: "EDIT_CONFLICT",
      message: `This edit and v${prepared.onto.version} change the same place differently. Nothing was changed. Save it as a branch, or edit v${prepared.onto.version}.`,
      details: { paths: prepared.conflicts.map(({ path }) => path) },
    });
  }
  const { parent, parentTree, parentContents, candidate } = prepared;
  const prompt = describeEdit(candidate.changes);
  const issues = [
    ...(await findResultProblems({
      container,
      transaction: database.prisma,
      result: candidate,
      parent: parentTree,
      parentContents,
      prompt,
    })),
    ...(await findAddedSecrets({ secrets: container.secrets, candidate, parentContents })),
  ];
  return database.prisma.$transaction(async (transaction) => {
    const head = await lockHead({ transaction, ownerId, projectId: parent.projectId });
    assertHead({ head, expected: input.ontoGenerationId, notDone: "Nothing was changed." });
    const { generationId } = await appendGeneration({
      transaction,
      treeObjects,
      generation: {
        projectId: parent.projectId,
        kind: "edit",
        author: "user",
        prompt,
        parentGenerationIds: [parent.generationId],
        sourceGenerationId: null,
        tree: candidate.tree,
        newContents: candidate.newContents,
        baseContents: parentContents,
        changes: candidate.changes,
        counts: candidate.counts,
        issues,
      },
    });
    return { generationId };
  });
}

const verbs = { kept: "Kept", modified: "Edited", added: "Added", deleted: "Deleted", moved: "Moved" } as const;

/** Shown in the history instead of a prompt. */
function describeEdit(changes: readonly LedgerEntry[]): string {
  const [first] = changes;
  if (first === undefined || changes.length > 1) return `Edited ${changes.length} files`;
  return first.previousPath === undefined
    ? `${verbs[first.disposition]} ${first.path}`
    : `Moved ${first.previousPath} to ${first.path}`;
}
