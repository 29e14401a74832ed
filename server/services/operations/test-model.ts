import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelTestOutput } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";

const timeoutMs = 30_000;
/** The question asks for one word. */
const shownCharacters = 80;

/**
 * Asks a model for one word, to test its key and its address. Costs a few tokens if the model has a price.
 *
 * @throws AppError like `ModelGateway.runTurn`; MODEL_UNAVAILABLE if no answer came within 30 s
 */
export async function testModel({
  container,
  modelId,
}: {
  container: Pick<Container, "models">;
  modelId: ModelId;
}): Promise<ModelTestOutput> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  let lastTrouble: string | null = null;
  try {
    const { text } = await container.models.runTurn({
      modelId,
      system: "You are asked whether you can be reached.",
      messages: [{ role: "user", parts: ["Answer with the single word OK."] }],
      tools: [],
      signal,
      onDelta: (delta) => {
        if (delta.type === "retrying") lastTrouble = delta.message;
      },
    });
    const answer = text.replace(/\s+/g, " ").trim().slice(0, shownCharacters);
    return { answer, durationMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError({
      code: "MODEL_UNAVAILABLE",
      message: `No answer came in ${timeoutMs / 1_000} s. ${lastTrouble ?? "Look whether the provider is up, and try again."}`,
      details: { modelId },
    });
  }
}
