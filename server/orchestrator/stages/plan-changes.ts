import type { ModelUsage } from "#lib/contracts/model.ts";
import type { RunDependencies } from "../ports.ts";
import { buildRequestParts, planSystemPrompt } from "../prompts.ts";
import type { WithCodeSchema } from "./extract-schema.ts";

/**
 * Mode `enhanced`: a call that only plans, over the same context, so that the prompt of the changes carries the plan.
 * The built-in generator plans by its own rules and is not asked.
 */
export async function planChanges({
  context,
  dependencies,
}: {
  context: WithCodeSchema;
  dependencies: RunDependencies;
}): Promise<{ plan: string[]; usage: ModelUsage } | null> {
  if (context.model.provider === "builtin") return null;
  const turn = await dependencies.steps.remember("plan", () =>
    dependencies.models.runTurn({
      modelId: context.request.modelId,
      system: planSystemPrompt,
      messages: [{ role: "user", parts: buildRequestParts({ ...context, plan: null }).parts.map(({ text }) => text) }],
      tools: [],
      signal: dependencies.signal,
      onDelta: () => undefined,
    }),
  );
  const items = turn.text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  dependencies.events.append({ type: "plan", items });
  return { plan: items, usage: turn.usage };
}
