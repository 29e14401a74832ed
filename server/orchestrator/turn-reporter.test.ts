import { expect, test } from "vitest";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { TurnReporter } from "./turn-reporter.ts";

/** The events of one call whose arguments arrive in pieces of `size` characters. */
function report({ name, input, size }: { name: string; input: object; size: number }): RunEvent[] {
  const events: RunEvent[] = [];
  const reporter = new TurnReporter({ append: (event) => void events.push(event), flush: async () => undefined });
  reporter.report({ type: "tool-input-start", callId: "1", name });
  const json = JSON.stringify(input);
  for (let at = 0; at < json.length; at += size)
    reporter.report({ type: "tool-input-delta", callId: "1", delta: json.slice(at, at + size) });
  return events;
}

test.each([1, 7, 1_000])("a move is reported once both of its paths are complete, in either order (%d)", (size) => {
  const told = [{ type: "file.started", path: "a.ts", operation: "move", destination: "b/a.ts" }];
  expect(report({ name: "move_file", input: { source: "a.ts", destination: "b/a.ts" }, size })).toEqual(told);
  expect(report({ name: "move_file", input: { to: "b/a.ts", from: "a.ts" }, size })).toEqual(told);
});

test.each([1, 7, 1_000])("an edit that deletes text ends before the next edit (%d)", (size) => {
  const edits = [
    { oldText: "one\n", newText: "" },
    { oldText: "two", newText: "2" },
  ];
  const deltas = report({ name: "edit_file", input: { path: "a.ts", edits }, size }).flatMap((event) =>
    event.type === "file.delta" ? [event] : [],
  );
  const joined: { isOld: boolean; text: string }[] = [];
  for (const { delta, isOld = false } of deltas) {
    const last = joined.at(-1);
    if (last?.isOld === isOld) last.text += delta;
    else joined.push({ isOld, text: delta });
  }
  expect(joined).toEqual([
    { isOld: true, text: "one\n" },
    { isOld: false, text: "" },
    { isOld: true, text: "two" },
    { isOld: false, text: "2" },
  ]);
});
