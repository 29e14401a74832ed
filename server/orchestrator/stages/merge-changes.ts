import { formatFailureReport } from "#server/core/change-set/format-failure-report.ts";
import { mergeChangeSet, type MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import { findParentHashesNeeded } from "#server/core/merge/find-parent-hashes-needed.ts";
import type { RunDependencies } from "../ports.ts";
import type { WithChangeSet } from "./generate-changes.ts";

/** The parent merged with the change set: complete, but not validated and not a generation. */
export type Candidate = WithChangeSet & { merged: MergedCandidate; parentContents: FileContents };

type MergeResult =
  | { status: "merged"; candidate: Candidate }
  | { status: "rejected"; reasons: string[]; report: string };

/**
 * Merges all operations at once into the parent's original bytes. All or nothing: an operation that failed and was not
 * made good rejects the change set.
 */
export async function mergeChanges({
  proposal,
  dependencies,
}: {
  proposal: WithChangeSet;
  dependencies: RunDependencies;
}): Promise<MergeResult> {
  const changeSet = { operations: proposal.operations };
  const start = { ...proposal.start, seen: proposal.seen };
  const parentContents = await dependencies.generations.loadContents(findParentHashesNeeded({ start, changeSet }));
  const result = mergeChangeSet({ start, parentContents, changeSet });
  const failures = [...proposal.unresolved, ...(result.status === "rejected" ? result.failures : [])];
  if (result.status === "rejected" || failures.length > 0) {
    return {
      status: "rejected",
      reasons: failures.map(({ message }) => message),
      report: formatFailureReport({ failures, appliedPaths: proposal.operations.map(namePath) }),
    };
  }
  dependencies.events.append({ type: "merged", counts: result.candidate.counts });
  return { status: "merged", candidate: { ...proposal, merged: result.candidate, parentContents } };
}

function namePath(operation: WithChangeSet["operations"][number]): string {
  return operation.type === "move" ? operation.destination : operation.path;
}
