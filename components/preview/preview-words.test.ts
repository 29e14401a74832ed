import { expect, test } from "vitest";
import { announce, listStepStates } from "./preview-words.ts";

test("earlier steps are done, also for a version that needs no packages", () => {
  expect(listStepStates("database").map(({ step, state }) => `${step} ${state}`)).toEqual([
    "files done",
    "packages done",
    "database running",
    "prepare pending",
    "start pending",
  ]);
  expect(listStepStates(null).every(({ state }) => state === "pending")).toBe(true);
});

test("announces a change of state in one sentence, unless the user requested it", () => {
  const tell = (view: Parameters<typeof announce>[0]["view"]) => announce({ view, version: 8 });
  expect(tell({ kind: "ready", url: "http://v8-x.localhost:1/" })).toBe("The preview of v8 is ready.");
  expect(tell({ kind: "starting", step: "packages", startedAt: "" })).toBe("The preview of v8: Install packages.");
  expect(tell({ kind: "stopped", reason: "It was idle for 15 minutes." })).toBe(
    "The preview of v8 has stopped. It was idle for 15 minutes.",
  );
  expect(tell({ kind: "failed", reason: null })).toBe("The preview of v8 did not start.");
  expect(tell({ kind: "none" })).toBeNull();
});
