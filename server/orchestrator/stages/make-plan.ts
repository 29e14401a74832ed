import type { RunDependencies } from "../ports.ts";
import { buildRequestParts } from "../prompts.ts";
import { readProtocol } from "../protocols.ts";
import type { RunMeter } from "../run-meter.ts";
import type { ChosenContext } from "./choose-context.ts";

/** One call that only plans, with the same context, so that the prompt for the changes can include the plan. */
export async function makePlan({
  context,
  dependencies: { events },
  meter,
}: {
  context: ChosenContext;
  dependencies: RunDependencies;
  meter: RunMeter;
}): Promise<string[]> {
  const { parts, images, sharedPartCount } = buildRequestParts({ ...context, plan: null });
  const turn = await meter.call({
    key: "plan",
    modelId: context.request.modelId,
    ...readProtocol({ kind: "plan", model: context.model }),
    messages: [{ role: "user", parts: parts.map(({ text }) => text), images, sharedPartCount }],
    onDelta: (delta) => {
      if (delta.type === "text") events.append({ type: "plan.delta", delta: delta.delta });
      else if (delta.type === "retrying") events.append(delta);
    },
  });
  const items = turn.text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  events.append({ type: "plan", items });
  return items;
}
