import { describe, expect, test } from "vitest";
import type { PreviewOutput } from "#lib/contracts/versions/preview.ts";
import { choosePreviewView, type AskedCommand } from "./preview-view.ts";

const list = { available: true, unavailableReason: null, command: "npm run dev", isConfirmed: true };
const of = (changes: Partial<PreviewOutput>) => ({
  status: "READY" as const,
  step: null,
  url: "http://v2-x.localhost:4000/",
  reason: null,
  startedAt: "2026-11-30T06:00:00.000Z",
  ...changes,
});
const choose = ({
  known = list,
  preview,
  asked = null,
  listError = null,
}: {
  known?:
    | typeof list
    | { available: false; unavailableReason: string | null; command: null; isConfirmed: boolean }
    | undefined;
  preview?: ReturnType<typeof of>;
  asked?: AskedCommand | null;
  listError?: unknown;
}) => choosePreviewView({ list: known, listError, preview, asked });

describe("a live preview is always shown", () => {
  test("also before the list is loaded, and while the command is being edited", () => {
    expect(choose({ known: { ...list, isConfirmed: false }, preview: of({}) }).kind).toBe("ready");
    expect(
      choosePreviewView({ list: undefined, listError: new Error("away"), preview: of({}), asked: null }).kind,
    ).toBe("ready");
    expect(choose({ preview: of({ status: "STARTING", step: "packages", url: null }) })).toMatchObject({
      kind: "starting",
      step: "packages",
    });
  });
});

test("without a sandbox nothing can start, even after an earlier run has ended", () => {
  const known = {
    available: false as const,
    unavailableReason: "bubblewrap is not installed.",
    command: null,
    isConfirmed: true,
  };
  expect(choose({ known, preview: of({ status: "STOPPED", url: null }) })).toEqual({
    kind: "unavailable",
    reason: "bubblewrap is not installed.",
  });
});

test("asks for the command until the user confirms one, and again if the version has another", () => {
  expect(choose({ known: { ...list, isConfirmed: false } })).toEqual({
    kind: "ask",
    command: "npm run dev",
    source: null,
  });
  const asked = { command: "npm start", source: "package.json" };
  expect(choose({ asked, preview: of({ status: "FAILED", url: null }) })).toEqual({ kind: "ask", ...asked });
});

test("shows the reason of an end, and none for a version that never ran", () => {
  expect(choose({})).toEqual({ kind: "none" });
  expect(
    choose({ preview: of({ status: "STOPPED", url: null, reason: "Nobody looked at it for 15 minutes." }) }),
  ).toEqual({
    kind: "stopped",
    reason: "Nobody looked at it for 15 minutes.",
  });
  expect(choose({ preview: of({ status: "FAILED", url: null, reason: "It exited with code 1." }) }).kind).toBe(
    "failed",
  );
});

test("loads until the state is known, or shows the error", () => {
  expect(choosePreviewView({ list: undefined, listError: null, preview: undefined, asked: null }).kind).toBe("loading");
  expect(choosePreviewView({ list: undefined, listError: "away", preview: undefined, asked: null })).toEqual({
    kind: "failing",
    error: "away",
  });
});
