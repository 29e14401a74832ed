import type { StageName } from "#lib/contracts/runs/run-state.ts";
import type { RunDependencies } from "./ports.ts";

/** Runs one stage between its start and end events. A stage that throws emits no `stage.done`. */
export async function runStage<Output>({
  stage,
  dependencies,
  work,
}: {
  stage: StageName;
  dependencies: RunDependencies;
  work: () => Promise<Output>;
}): Promise<Output> {
  dependencies.signal.throwIfAborted();
  dependencies.events.append({ type: "stage.started", stage });
  const startedAt = performance.now();
  const output = await work();
  dependencies.events.append({ type: "stage.done", stage, durationMs: Math.round(performance.now() - startedAt) });
  return output;
}
