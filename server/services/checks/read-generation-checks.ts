import type { Check, CheckStatus, GenerationCheck, GenerationChecksOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { compareWithParent, type Verdict } from "#server/core/checks/compare-evidence.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { assertOneProject } from "#server/services/comparisons/assert-one-project.ts";
import type { StoredCheckResult } from "#server/store/checks/check-results.ts";
import { listLatestCheckRuns, type StoredCheckRun } from "#server/store/checks/check-runs.ts";
import { findFirstParent, getStoredGeneration } from "#server/store/versions/generations.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { loadVerdicts, type Verdicts } from "./load-verdicts.ts";

/**
 * The checks of a version compared with its parent, or with another version of the project. A version whose tree was
 * checked before shows that result at once.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function readGenerationChecks({
  container: { database },
  ownerId,
  generationId,
  againstGenerationId,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  generationId: GenerationId;
  againstGenerationId?: GenerationId | undefined;
}): Promise<GenerationChecksOutput> {
  const transaction = database.prisma;
  const generation = await getStoredGeneration({ transaction, generationId, ownerId });
  const plan = await findCheckPlan({ transaction, projectId: generation.projectId });
  if (plan === null) return { items: [], isGreen: false, isConfirmed: false };
  const otherId = againstGenerationId ?? (await findFirstParent({ database, generationId }));
  const other = otherId === null ? null : await getStoredGeneration({ transaction, generationId: otherId, ownerId });
  assertOneProject({ base: other, head: generation });
  const verdicts = await loadVerdicts({
    transaction,
    ownerId,
    withNames: true,
    rootTreeHashes: [generation, ...(other === null ? [] : [other])].map(({ rootTreeHash }) => rootTreeHash),
  });
  const runs = await listLatestCheckRuns({ transaction, generationIds: [generationId] });
  const checks = plan.checks.filter(({ isEnabled }) => isEnabled);
  const items = checks.map((check) => {
    const run = runs.find(({ checkId, command }) => checkId === check.checkId && command === check.command) ?? null;
    return toGenerationCheck({ check, run, generation, other, verdicts });
  });
  return { items, isGreen: isGreen({ checks, generation, verdicts }), isConfirmed: true };
}

/** Every enabled check passed on these files. */
export function isGreen({
  checks,
  generation: { rootTreeHash },
  verdicts,
}: {
  checks: readonly Check[];
  generation: Pick<StoredGeneration, "rootTreeHash">;
  verdicts: Verdicts;
}): boolean {
  return (
    checks.length > 0 && checks.every(({ command }) => verdicts.find({ rootTreeHash, command })?.hasPassed === true)
  );
}

function toGenerationCheck({
  check: { checkId, name, command },
  run,
  generation: { rootTreeHash },
  other,
  verdicts,
}: {
  check: Check;
  run: StoredCheckRun | null;
  generation: StoredGeneration;
  other: StoredGeneration | null;
  verdicts: Verdicts;
}): GenerationCheck {
  const verdict = verdicts.find({ rootTreeHash, command });
  const latest = verdicts.findLatest({ rootTreeHash, command });
  const before = other === null ? null : verdicts.find({ rootTreeHash: other.rootTreeHash, command });
  const reason = latest?.reason ?? (latest === null ? run?.reason : null);
  return {
    checkId,
    name,
    command,
    status: toStatus({ run, verdict }),
    ...(run?.stage == null ? {} : { stage: run.stage }),
    ...compareWithParent({ verdict, parent: before }),
    flaky: verdict?.flaky ?? [],
    ...(latest === null ? {} : describeResult(latest)),
    ...(reason == null ? {} : { reason }),
  };
}

function describeResult({ exitCode, durationMs, counts, toolchain, createdAt }: StoredCheckResult) {
  return {
    ...(exitCode === null ? {} : { exitCode }),
    durationMs,
    ...(counts === null ? {} : { cases: counts }),
    toolchain,
    endedAt: createdAt.toISOString(),
  };
}

function toStatus({ run, verdict }: { run: StoredCheckRun | null; verdict: Verdict | null }): CheckStatus {
  if (run?.status === "QUEUED") return "queued";
  if (run?.status === "RUNNING") return "running";
  if (verdict !== null) return verdict.hasPassed ? "passed" : "failed";
  if (run?.status === "COULD_NOT_RUN") return "could-not-run";
  return run?.status === "CANCELLED" ? "cancelled" : "not-run";
}
