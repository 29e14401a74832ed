import type { z } from "zod";
import type { checkHistoryInput, CheckHistoryOutput } from "#lib/contracts/versions/check.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { compareWithParent, type Verdict } from "#server/core/checks/compare-evidence.ts";
import { listCheckedVersions } from "#server/store/checks/checked-versions.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { assertProject } from "#server/store/projects.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { checkNotFound } from "./run-checks.ts";

type Item = CheckHistoryOutput["items"][number];

/**
 * The result of a check, or of one case, in each version, newest first: a change shows where it was broken or fixed.
 *
 * @throws AppError PROJECT_NOT_FOUND, CHECK_NOT_FOUND
 */
export async function readCheckHistory({
  container: { database },
  ownerId,
  input,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  input: z.infer<typeof checkHistoryInput>;
}): Promise<CheckHistoryOutput> {
  const transaction = database.prisma;
  await assertProject({ database, ownerId, projectId: input.projectId });
  const plan = await findCheckPlan({ transaction, projectId: input.projectId });
  const check = plan?.checks.find(({ checkId }) => checkId === input.checkId);
  if (check === undefined) throw checkNotFound(input.checkId);
  const limit = input.limit ?? limits.pageSizeDefault;
  const before = Number.parseInt(input.cursor ?? "", 10) || null;
  const found = await listCheckedVersions({ database, projectId: input.projectId, before, limit: limit + 1 });
  const page = found.slice(0, limit);
  const rootTreeHashes = page.flatMap(({ rootTreeHash, parentRootTreeHash }) => [
    rootTreeHash,
    ...(parentRootTreeHash === null ? [] : [parentRootTreeHash]),
  ]);
  const verdicts = await loadVerdicts({ transaction, ownerId, rootTreeHashes });
  const judge = (rootTreeHash: ContentHash | null) =>
    rootTreeHash === null ? null : ofCase(verdicts.find({ rootTreeHash, command: check.command }), input.case);
  return {
    items: page.map((version): Item => {
      const verdict = judge(version.rootTreeHash);
      const { againstParent } = compareWithParent({ verdict, parent: judge(version.parentRootTreeHash) });
      return {
        generationId: version.generationId,
        version: version.version,
        status: toStatus(verdict),
        againstParent,
      };
    }),
    nextCursor: found.length > limit ? String(page.at(-1)?.version) : null,
  };
}

/** The verdict on one case: a case that is not failed passes, if the check itself has a result. */
function ofCase(verdict: Verdict | null, name: string | undefined): Verdict | null {
  if (verdict === null || name === undefined) return verdict;
  const failing = verdict.failing.filter((one) => one.name === name);
  const flaky = verdict.flaky.filter((one) => one.name === name);
  // A failed check without cases, such as one that timed out, tells nothing about its cases.
  if (!verdict.hasPassed && verdict.failing.length === 0) return null;
  return { hasPassed: failing.length === 0, failing, flaky, caseNames: null };
}

function toStatus(verdict: Verdict | null): Item["status"] {
  if (verdict === null) return "not-run";
  if (!verdict.hasPassed) return "failed";
  return verdict.flaky.length > 0 ? "flaky" : "passed";
}
