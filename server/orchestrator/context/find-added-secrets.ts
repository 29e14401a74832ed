import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import type { MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import { describeSecrets } from "#server/core/secrets/describe-secrets.ts";
import { listAddedSecrets } from "#server/core/secrets/list-added-secrets.ts";
import type { SecretReader } from "../ports.ts";

/** Warnings for secrets that a version has and its parent does not. */
export async function findAddedSecrets({
  secrets,
  candidate,
  parentContents,
}: {
  secrets: SecretReader;
  candidate: Pick<MergedCandidate, "changes" | "tree" | "newContents">;
  parentContents: FileContents;
}): Promise<ValidationIssue[]> {
  const files = candidate.changes.flatMap(({ path }) => {
    const entry = candidate.tree.get(path);
    return entry === undefined || !candidate.newContents.has(entry.contentHash) ? [] : [{ path, ...entry }];
  });
  const found = await secrets.find({ files, loadContents: async () => candidate.newContents });
  return describeSecrets(listAddedSecrets({ found, candidate, parentContents }));
}
