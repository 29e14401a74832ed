import type { RunFailure, RunOutput } from "#lib/contracts/runs/run.ts";
import type { RunView } from "./run-progress.ts";

/** The facts for a report about a failed run: names, codes and times. Contains no prompt, file or model text. */
export function describeRunFacts({
  run,
  failure,
  view,
}: {
  run: RunOutput;
  failure: RunFailure | null;
  view: Pick<RunView, "attempt" | "mode" | "stages" | "usage">;
}): string {
  const { modelCalls, inputTokens, outputTokens } = view.usage.modelCalls > 0 ? view.usage : run.usage;
  const facts: [string, string][] = [
    ["run", run.runId],
    ["project", run.projectId],
    ["parent", run.parentGenerationId ?? "none"],
    ["status", run.status],
    ...(failure === null
      ? []
      : ([
          ["code", failure.code],
          ["message", failure.message],
        ] as [string, string][])),
    ["model", run.model],
    ["mode", `${run.mode}${view.mode === null ? "" : `, ${view.mode.name}`}`],
    ["attempt", String(view.attempt)],
    ["created", run.createdAt],
    ["ended", run.endedAt ?? "not yet"],
    ["usage", `${modelCalls} calls, ${inputTokens} tokens in, ${outputTokens} out`],
    ...view.stages.map(({ name, status, durationMs }): [string, string] => [
      name,
      status === "pending" ? "not started" : `${status}, ${durationMs} ms`,
    ]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value.replaceAll(/\s+/g, " ").trim()}`).join("\n");
}
