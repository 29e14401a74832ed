import { describe, expect, it } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { RunEvent, StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import { RunEventStore } from "./run-event-store.ts";

const startMs = Date.parse("2026-05-20T12:00:00.000Z");
const counts = { kept: 14, modified: 0, added: 1, deleted: 0, moved: 0, total: 15 };
const file = (path: string) => path as FilePath;

/** One second between two events. */
function store(events: RunEvent[]): StoredRunEvent[] {
  return events.map((event, index) => ({
    sequence: index + 1,
    at: new Date(startMs + index * 1_000).toISOString(),
    event,
  }));
}

/** A store whose frames the test triggers. */
function openStore() {
  const frames: (() => void)[] = [];
  const runEvents = new RunEventStore({ schedule: (flush) => frames.push(flush) });
  return { runEvents, frames, nextFrame: () => frames.splice(0).forEach((flush) => flush()) };
}

function viewOf(events: RunEvent[]) {
  const { runEvents, nextFrame } = openStore();
  for (const stored of store(events)) runEvents.append(stored);
  nextFrame();
  return { view: runEvents.getState().view, runEvents };
}

describe("notifying React", () => {
  it("notifies listeners once a frame, and keeps the state identical in between", () => {
    const { runEvents, frames, nextFrame } = openStore();
    let calls = 0;
    runEvents.subscribe(() => (calls += 1));
    const before = runEvents.getState();
    for (const stored of store([{ type: "queued" }, { type: "started", model: "builtin:scaffold", attempt: 1 }]))
      runEvents.append(stored);
    expect(frames).toHaveLength(1);
    expect(runEvents.getState()).toBe(before);
    nextFrame();
    expect(calls).toBe(1);
    expect(runEvents.getState().view.model).toBe("builtin:scaffold");
    expect(runEvents.getState()).toBe(runEvents.getState());
  });

  it("stops notifying unsubscribed listeners", () => {
    const { runEvents, nextFrame } = openStore();
    let calls = 0;
    const leave = runEvents.subscribe(() => (calls += 1));
    leave();
    runEvents.setConnection("live");
    nextFrame();
    expect(calls).toBe(0);
    expect(runEvents.getState().connection).toBe("live");
  });

  it("applies an event only once, for example after a reconnection that repeats some", () => {
    const { runEvents, nextFrame } = openStore();
    const events = store([
      { type: "started", model: "m:x", attempt: 1 },
      { type: "file.started", path: "a.ts", operation: "write" },
      { type: "file.delta", path: "a.ts", delta: "x\n" },
    ]);
    for (const stored of [...events, ...events]) runEvents.append(stored);
    nextFrame();
    expect(runEvents.lastSequence).toBe(3);
    expect(runEvents.files.text("a.ts").readSince(null).text).toBe("x\n");
  });
});

describe("files", () => {
  it("counts lines while a file streams, then takes the numbers of the applied change", () => {
    const begun: RunEvent[] = [
      { type: "started", model: "m:x", attempt: 1 },
      { type: "file.started", path: "a.ts", operation: "write" },
      { type: "file.delta", path: "a.ts", delta: "one\ntwo\nthr" },
    ];
    expect(viewOf(begun).view.files).toEqual([
      { path: "a.ts", operation: "write", status: "writing", additions: 3, deletions: 0, problem: null },
    ]);
    const done: RunEvent = { type: "file.done", path: file("a.ts"), operation: "write", additions: 3, deletions: 9 };
    expect(viewOf([...begun, done]).view.files).toMatchObject([{ status: "done", additions: 3, deletions: 9 }]);
  });

  it("treats a file as written when the next one begins, and as done when it is applied", () => {
    const written: RunEvent[] = [
      { type: "file.started", path: "a.ts", operation: "write" },
      { type: "file.delta", path: "a.ts", delta: "a\n" },
      { type: "file.started", path: "b.ts", operation: "write" },
    ];
    const statuses = (events: RunEvent[]) => viewOf(events).view.files.map(({ status }) => status);
    expect(statuses(written)).toEqual(["written", "writing"]);
    expect(
      statuses([...written, { type: "file.done", path: file("a.ts"), operation: "write", additions: 1, deletions: 0 }]),
    ).toEqual(["done", "writing"]);
    expect(statuses([...written, { type: "cancelled", finishedPaths: [] }])).toEqual(["stopped", "stopped"]);
  });

  it("adds up several edits of one file and keeps both texts", () => {
    const edit = (delta: string): RunEvent[] => [
      { type: "file.started", path: "a.ts", operation: "edit" },
      { type: "file.delta", path: "a.ts", delta },
      { type: "file.done", path: file("a.ts"), operation: "edit", additions: 2, deletions: 1 },
    ];
    const { view, runEvents } = viewOf([...edit("first"), ...edit("second")]);
    expect(view.files).toMatchObject([{ path: "a.ts", additions: 4, deletions: 2 }]);
    expect(runEvents.files.text("a.ts").readSince(null).text).toBe("first\nsecond");
  });

  it("says why a change was refused, and forgets it once a later one is applied", () => {
    const refused: RunEvent[] = [
      { type: "file.started", path: "a.ts", operation: "edit" },
      {
        type: "file.failed",
        path: "a.ts",
        operation: "edit",
        code: "NOT_FOUND",
        message: "The text to replace is not in a.ts.",
      },
    ];
    expect(viewOf(refused).view.files).toMatchObject([
      { status: "failed", problem: "The text to replace is not in a.ts." },
    ]);
    const applied: RunEvent = { type: "file.done", path: file("a.ts"), operation: "edit", additions: 1, deletions: 1 };
    expect(viewOf([...refused, applied]).view.files).toMatchObject([{ status: "done", problem: null }]);
  });

  it("shows a moved file under its new path", () => {
    const { view } = viewOf([
      { type: "file.started", path: "old.ts", operation: "move" },
      { type: "file.done", path: file("new.ts"), operation: "move", additions: 0, deletions: 0 },
    ]);
    expect(view.files.map(({ path, status }) => [path, status])).toEqual([["new.ts", "done"]]);
  });

  it("shows a moved file under its new path from the start, with its changes there and its old name", () => {
    const moving: RunEvent[] = [
      { type: "file.started", path: "old.ts", operation: "move", destination: "new.ts" },
      { type: "file.started", path: "new.ts", operation: "edit" },
      { type: "file.delta", path: "new.ts", delta: "one\n", isOld: true },
      { type: "file.delta", path: "new.ts", delta: "1\n" },
    ];
    const { view, runEvents } = viewOf(moving);
    expect(view.files).toMatchObject([
      { path: "new.ts", previousPath: "old.ts", status: "writing", additions: 1, deletions: 1 },
    ]);
    expect(runEvents.files.operations("new.ts").map(({ type }) => type)).toEqual(["move", "edit"]);
    const refused: RunEvent = { type: "file.failed", path: "old.ts", operation: "move", code: "X", message: "No." };
    expect(viewOf([...moving, refused]).view.files).toMatchObject([{ path: "new.ts", status: "failed" }]);
  });

  it("estimates the tokens of an answer until the provider reports them", () => {
    const begun: RunEvent[] = [
      { type: "turn.started", turn: 1 },
      { type: "model.text", delta: "x".repeat(40) },
      { type: "file.delta", path: "a.ts", delta: "y".repeat(41) },
    ];
    expect(viewOf(begun).view.draft).toEqual({ calls: 1, tokens: 21 });
    expect(viewOf([...begun, { type: "usage", usage: noUsage }]).view.draft.tokens).toBe(0);
  });

  it("starts a file's text anew when the model's call is repeated", () => {
    const interrupted: RunEvent[] = [
      { type: "file.started", path: "a.ts", operation: "edit" },
      { type: "file.delta", path: "a.ts", delta: "half of" },
      { type: "retrying", code: "RATE_LIMITED", message: "The provider is busy.", afterMs: 12_000 },
    ];
    const waiting = viewOf(interrupted).view;
    expect(waiting.files).toMatchObject([{ status: "stopped" }]);
    expect(waiting.notice).toEqual({
      type: "retrying",
      message: "The provider is busy.",
      untilMs: startMs + 2_000 + 12_000,
      pauseMs: 12_000,
    });

    const { view, runEvents } = viewOf([
      ...interrupted,
      { type: "file.started", path: "a.ts", operation: "edit" },
      { type: "file.delta", path: "a.ts", delta: "whole" },
    ]);
    expect(view.notice).toBeNull();
    expect(view.files).toMatchObject([{ status: "writing" }]);
    expect(runEvents.files.text("a.ts").readSince(null).text).toBe("whole");
  });
});

it("does not count what a resumed run reports again", () => {
  const attempt = (number: number): RunEvent[] => [
    { type: "started", model: "m:x", attempt: number },
    { type: "stage.started", stage: "load-context" },
    { type: "stage.done", stage: "load-context", durationMs: 100 },
    { type: "model.looked", text: "Read a.ts" },
    { type: "file.done", path: file("a.ts"), operation: "edit", additions: 2, deletions: 0 },
  ];
  const { view } = viewOf([...attempt(1), { type: "worker.lost", attempt: 2 }, ...attempt(2)]);
  expect(view.attempt).toBe(2);
  expect(view.lookups).toEqual(["Read a.ts"]);
  expect(view.files).toMatchObject([{ additions: 2 }]);
  expect(view.stages[0]).toMatchObject({ durationMs: 100 });
  expect(view.notice).toEqual({ type: "worker-lost", attempt: 2 });
});

it("ends with the result", () => {
  const { view } = viewOf([
    { type: "usage", usage: { ...noUsage, inputTokens: 10 } },
    { type: "merged", counts },
    {
      type: "succeeded",
      generationId: "g2" as GenerationId,
      version: 2,
      counts,
      isBranch: false,
      summary: "Added it.",
    },
  ]);
  expect(view).toMatchObject({
    counts,
    usage: { inputTokens: 10 },
    end: { type: "succeeded", version: 2 },
    endedAt: new Date(startMs + 2_000).toISOString(),
  });
});

it("processes 50,000 events fast", () => {
  const events: RunEvent[] = [{ type: "started", model: "m:x", attempt: 1 }];
  for (let index = 0; index < 250; index += 1) {
    const path = `src/file-${index}.ts`;
    events.push({ type: "file.started", path, operation: "write" });
    for (let line = 0; line < 199; line += 1)
      events.push({ type: "file.delta", path, delta: `export const value${line} = ${line};\n` });
  }
  const startedAt = performance.now();
  const { view } = viewOf(events);
  expect(view.files).toHaveLength(250);
  expect(view.files[249]?.additions).toBe(199);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

describe("runs that talk", () => {
  const started = { type: "started", model: "m", attempt: 1 } as const;
  const answering = { type: "stage.started", stage: "answer-question" } as const;
  const text = (delta: string) => ({ type: "model.text", delta }) as const;

  it("keeps only the answer's text after the last tool call", () => {
    const { view, runEvents } = viewOf([
      started,
      answering,
      { type: "turn.started", turn: 1 },
      text("I look."),
      { type: "model.looked", text: "Read a" },
      { type: "turn.started", turn: 2 },
      text("It is a."),
      { type: "answered" },
    ]);
    expect(runEvents.modelText.readSince(null).text).toBe("It is a.");
    expect(view.end).toEqual({ type: "answered" });
    expect(view.stages.find(({ name }) => name === "answer-question")?.status).toBe("done");
  });

  it("shows a plan from its first words, and restarts it if the worker was lost", () => {
    const { runEvents } = viewOf([
      started,
      { type: "plan.delta", delta: "1. a" },
      { type: "worker.lost", attempt: 2 },
      { ...started, attempt: 2 },
      { type: "plan.delta", delta: "1. a.py" },
      { type: "plan.delta", delta: ": add" },
    ]);
    expect(runEvents.planText.readSince(null).text).toBe("1. a.py: add");
  });

  it("counts the changes of a waiting request", () => {
    const { view } = viewOf([
      { type: "queued" },
      { type: "prompt.edited", previousPrompt: "a" },
      { type: "queue.moved" },
      { type: "base.chosen", parentGenerationId: "g" as GenerationId },
    ]);
    expect(view.queueChanges).toBe(3);
  });
});
