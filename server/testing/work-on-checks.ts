import type { Container } from "#server/container.ts";
import { executeCheck } from "#server/services/checks/execute-check.ts";
import { giveUpCheck } from "#server/services/checks/give-up-check.ts";
import { watchNewVersions } from "#server/services/checks/watch-new-versions.ts";

/** A check worker in this process, with one slot. It idles after `stop`. */
export async function workOnChecks({ container }: { container: Container }): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const { signal } = stopping;
  await container.checkQueue.work({
    concurrency: 1,
    onCheck: ({ checkRunId, attempt, signal: lost }) =>
      executeCheck({ container, checkRunId, attempt, stopping: AbortSignal.any([signal, lost]) }),
    onDead: (checkRunId) => giveUpCheck({ container, checkRunId }),
  });
  const watching = watchNewVersions({ container, signal });
  return {
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}
