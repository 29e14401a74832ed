import { randomUUID } from "node:crypto";
import { stringifyInSteps } from "#server/core/json/stringify-in-steps.ts";
import { runInSlices } from "#server/threads/time-slices.ts";

/** Results of one request that are serialised in slices, by the placeholders that stand for them in its response. */
export type LongAnswers = Map<string, readonly string[]>;

/**
 * Serialises a result in slices, because tRPC serialises it in one piece: 13 MB for the code schema of 5,000 tables.
 * tRPC writes a placeholder instead, which `sendLongAnswers` replaces. Without HTTP there is nothing to serialise.
 */
export async function serializeInSlices<Result extends object>({
  result,
  longAnswers,
}: {
  result: Result;
  longAnswers: LongAnswers | undefined;
}): Promise<Result> {
  if (longAnswers === undefined) return result;
  // Unpredictable, so that no text of a project can contain it.
  const placeholder = randomUUID();
  longAnswers.set(placeholder, await runInSlices(stringifyInSteps(result)));
  return Object.defineProperty({ ...result }, "toJSON", { value: () => placeholder });
}

/** The response with its placeholders replaced, sent piece by piece. */
export async function sendLongAnswers({
  response,
  longAnswers,
}: {
  response: Response;
  longAnswers: LongAnswers;
}): Promise<Response> {
  if (longAnswers.size === 0) return response;
  const names = [...longAnswers.keys()].map((placeholder) => JSON.stringify(placeholder));
  const parts = (await response.text()).split(new RegExp(`(${names.join("|")})`));
  const texts = parts.flatMap((part) => (names.includes(part) ? (longAnswers.get(JSON.parse(part)) ?? []) : [part]));
  const encoder = new TextEncoder();
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const text = texts[next++];
      if (text === undefined) controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
  return new Response(body, response);
}
