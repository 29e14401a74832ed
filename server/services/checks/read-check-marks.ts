import type { z } from "zod";
import type {
  Check,
  CheckComparison,
  ChecksSummary,
  checkVersionsInput,
  CheckVersionsOutput,
} from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import { compareWithParent, type Verdict } from "#server/core/checks/compare-evidence.ts";
import { listCheckedVersions, type CheckedVersion } from "#server/store/checks/checked-versions.ts";
import { activeCheckStatuses, listLatestCheckRuns, type StoredCheckRun } from "#server/store/checks/check-runs.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { assertProject } from "#server/store/projects.ts";
import { loadVerdicts, type Verdicts } from "./load-verdicts.ts";
import { isGreen } from "./read-generation-checks.ts";

/** One mark per version, for list rows. @throws AppError PROJECT_NOT_FOUND */
export async function readCheckMarks({
  container: { database },
  ownerId,
  input: { projectId, generationIds },
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  input: z.infer<typeof checkVersionsInput>;
}): Promise<CheckVersionsOutput> {
  const transaction = database.prisma;
  await assertProject({ database, ownerId, projectId });
  const plan = await findCheckPlan({ transaction, projectId });
  if (plan === null) return { items: [] };
  const checks = plan.checks.filter(({ isEnabled }) => isEnabled);
  const versions = await listCheckedVersions({ database, projectId, generationIds, limit: generationIds.length });
  const rootTreeHashes = versions.flatMap(({ rootTreeHash, parentRootTreeHash }) =>
    parentRootTreeHash === null ? [rootTreeHash] : [rootTreeHash, parentRootTreeHash],
  );
  const verdicts = await loadVerdicts({ transaction, ownerId, rootTreeHashes });
  const runs = await listLatestCheckRuns({
    transaction,
    generationIds: versions.map(({ generationId }) => generationId),
  });
  return {
    items: versions.map((version) => ({
      generationId: version.generationId,
      ...toMark({
        version,
        checks,
        verdicts,
        runs: runs.filter(({ generationId }) => generationId === version.generationId),
      }),
    })),
  };
}

function toMark({
  version,
  checks,
  verdicts,
  runs,
}: {
  version: CheckedVersion;
  checks: readonly Check[];
  verdicts: Verdicts;
  runs: readonly StoredCheckRun[];
}): Omit<CheckVersionsOutput["items"][number], "generationId"> {
  const { rootTreeHash, parentRootTreeHash } = version;
  const compared = checks.map(({ checkId, name, command }) => {
    const verdict = verdicts.find({ rootTreeHash, command });
    const parent = parentRootTreeHash === null ? null : verdicts.find({ rootTreeHash: parentRootTreeHash, command });
    const run = runs.find((each) => each.checkId === checkId && each.command === command) ?? null;
    return { name, verdict, run, ...compareWithParent({ verdict, parent }) };
  });
  const failed = compared.filter(({ verdict }) => verdict?.hasPassed === false);
  const isRunning = runs.some(({ status }) => activeCheckStatuses.includes(status));
  const isAllGreen = isGreen({ checks, generation: version, verdicts });
  return {
    status: failed.length > 0 ? "red" : isRunning ? "running" : isAllGreen ? "green" : "unknown",
    failedNames: failed.map(({ name }) => name),
    newlyFailing: compared.filter(({ againstParent }) => againstParent === "newly-failing").length,
    fixed: compared.filter(({ againstParent }) => againstParent === "fixed").length,
    summary: checks.length === 0 ? null : summarize(compared),
  };
}

/** A repeated check counts as running, as on the version's own page, although it has a result. */
function summarize(
  compared: readonly {
    verdict: Verdict | null;
    run: StoredCheckRun | null;
    againstParent: CheckComparison;
  }[],
): ChecksSummary {
  const isActive = ({ run }: { run: StoredCheckRun | null }) =>
    run !== null && activeCheckStatuses.includes(run.status);
  const ended = compared.filter((each) => !isActive(each));
  return {
    passed: ended.filter(({ verdict }) => verdict?.hasPassed === true).length,
    failed: ended.filter(({ verdict }) => verdict?.hasPassed === false).length,
    newlyFailing: ended.filter(({ againstParent }) => againstParent === "newly-failing").length,
    running: compared.length - ended.length,
    started: compared.filter(({ verdict, run }) => verdict !== null || run !== null).length,
    total: compared.length,
  };
}
