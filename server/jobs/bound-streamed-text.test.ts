import { expect, test } from "vitest";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { createStreamedTextBound } from "./bound-streamed-text.ts";

test("the text of a run's events ends at the limit, with one sentence, and other events continue", () => {
  const bound = createStreamedTextBound();
  const delta = "x".repeat(100_000);
  const sent: RunEvent[] = Array.from({ length: 400 }, (_, index) =>
    index % 2 === 0 ? { type: "model.text", delta } : { type: "file.delta", path: "a.txt", delta },
  );
  const kept = sent.flatMap((event) => bound(event) ?? []);
  expect(JSON.stringify(kept).length).toBeLessThan(4 * 1_048_576 * 1.1);
  expect(kept.at(-1)).toMatchObject({ type: "model.text", delta: expect.stringContaining("not shown") as string });
  expect(kept.filter((event) => event.type === "model.text" && event.delta.includes("not shown"))).toHaveLength(1);
  expect(bound({ type: "turn.started", turn: 7 })).toEqual({ type: "turn.started", turn: 7 });
});

test("a line that a model filled with a whole file is truncated", () => {
  const bound = createStreamedTextBound();
  const text = "q".repeat(700_000);
  for (const event of [
    bound({ type: "model.looked", text }),
    bound({ type: "file.started", path: text, operation: "move", destination: text }),
    bound({ type: "file.failed", path: text, operation: "edit", code: "EDIT_FAILED", message: text }),
    bound({ type: "file.delta", path: text, delta: "x" }),
  ])
    expect(JSON.stringify(event).length).toBeLessThan(5_000);
  expect(bound({ type: "model.looked", text: "Read a.txt" })).toEqual({ type: "model.looked", text: "Read a.txt" });
});
