import type { z } from "zod";
import type { Check, checkVersionsInput, CheckVersionsOutput } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import { compareWithParent } from "#server/core/checks/compare-evidence.ts";
import { listCheckedVersions, type CheckedVersion } from "#server/store/checks/checked-versions.ts";
import { activeCheckStatuses, listLatestCheckRuns } from "#server/store/checks/check-runs.ts";
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
  const running = new Set(
    runs.filter(({ status }) => activeCheckStatuses.includes(status)).map(({ generationId }) => generationId),
  );
  return {
    items: versions.map((version) => ({
      generationId: version.generationId,
      ...toMark({ version, checks, verdicts, isRunning: running.has(version.generationId) }),
    })),
  };
}

function toMark({
  version,
  checks,
  verdicts,
  isRunning,
}: {
  version: CheckedVersion;
  checks: readonly Check[];
  verdicts: Verdicts;
  isRunning: boolean;
}): Omit<CheckVersionsOutput["items"][number], "generationId"> {
  const { rootTreeHash, parentRootTreeHash } = version;
  const compared = checks.map(({ name, command }) => {
    const verdict = verdicts.find({ rootTreeHash, command });
    const parent = parentRootTreeHash === null ? null : verdicts.find({ rootTreeHash: parentRootTreeHash, command });
    return { name, verdict, ...compareWithParent({ verdict, parent }) };
  });
  const failed = compared.filter(({ verdict }) => verdict?.hasPassed === false);
  const isAllGreen = isGreen({ checks, generation: version, verdicts });
  return {
    status: failed.length > 0 ? "red" : isRunning ? "running" : isAllGreen ? "green" : "unknown",
    failedNames: failed.map(({ name }) => name),
    newlyFailing: compared.filter(({ againstParent }) => againstParent === "newly-failing").length,
    fixed: compared.filter(({ againstParent }) => againstParent === "fixed").length,
  };
}
