import { describe, expect, test } from "vitest";
import type { CandidateCheck, CheckId } from "#lib/contracts/versions/check.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { decodeText } from "#server/core/file-content.ts";
import { write } from "#server/testing/play-run.ts";
import { runInMemory } from "#server/testing/run-in-memory.ts";
import { callTools } from "#server/testing/scripted-gateway.ts";
import type { CandidateChecks, CheckJudgement } from "../ports.ts";

const path = "src/count.ts";
const parent = { [path]: "export const count = 1;\n" };
const turn = (content: string) => callTools(write(path, content), ["finish", { summary: "Done." }]);

/** Judges by the file's content: each word beginning with `bad` is a failing case. */
function judgeBy(
  onNewFailure: "hold" | "repair",
  judge: (text: string) => CheckJudgement["status"] = () => "judged",
): CandidateChecks & { texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    async judge({ merged }) {
      const hash = merged.tree.get(path as FilePath)?.contentHash ?? ("" as ContentHash);
      const text = decodeText(merged.newContents.get(hash) ?? new Uint8Array()) ?? "";
      texts.push(text);
      if (judge(text) === "pending")
        return { status: "pending", pending: { rootTreeHash: hash, wanted: [], wantedOfParent: [] } };
      const names = text.match(/\bbad\w*/g) ?? [];
      const check: CandidateCheck = {
        checkId: "tests" as CheckId,
        name: "tests",
        command: "npm test",
        status: names.length === 0 ? "passed" : "failed",
        againstParent: names.length === 0 ? "passing" : "newly-failing",
        newFailures: names.map((name) => ({ name, path, line: 1, message: `${name} is bad` })),
        newFailureCount: names.length,
        flaky: [],
        exitCode: names.length === 0 ? 0 : 1,
        isHolding: names.length > 0,
      };
      const logs = { [check.checkId]: `printed of ${names.join(" ")}` } as Record<CheckId, string>;
      return { status: "judged", onNewFailure, checks: [check], logs, waitedMs: 1_000 };
    },
  };
}

const run = (checks: CandidateChecks, ...contents: string[]) =>
  runInMemory({ parent, prompt: "Change the count", turns: contents.map(turn), checks });

describe("a project whose new failures are returned to the model", () => {
  test("stores what the model fixed, and says what each round fixed", async () => {
    const checks = judgeBy("repair");
    const { outcome } = await run(
      checks,
      "export const count = [bad1, bad2];\n",
      "export const count = [bad2];\n",
      "export const count = 2;\n",
    );
    expect(outcome).toMatchObject({
      status: "succeeded",
      repairs: [
        { round: 1, fixed: ["bad1"], inputTokens: 100, outputTokens: 50 },
        { round: 2, fixed: ["bad2"], inputTokens: 100, outputTokens: 50 },
      ],
    });
    expect(checks.texts).toHaveLength(3);
  });

  test("holds what fails in the same way after a round, with its findings at the file", async () => {
    const { outcome } = await run(judgeBy("repair"), "export const count = bad1;\n", "export const count = [bad1];\n");
    expect(outcome).toMatchObject({
      status: "held",
      failure: { code: "CHECK_FAILED" },
      repairs: [{ round: 1, fixed: [] }],
      candidate: {
        isPartial: false,
        issues: [{ validator: "project-checks", path, line: 1, message: "Check “tests” fails: bad1" }],
        checks: [{ name: "tests", isHolding: true, newFailureCount: 1 }],
      },
    });
  });

  test("ends after a bounded number of rounds that each fail differently", async () => {
    const contents = Array.from({ length: limits.repairRounds + 2 }, (_, index) => `export const a = bad${index};\n`);
    const checks = judgeBy("repair");
    const { outcome } = await run(checks, ...contents);
    expect(outcome).toMatchObject({ status: "held", failure: { code: "CHECK_FAILED" } });
    expect(outcome.repairs).toHaveLength(limits.repairRounds);
    expect(checks.texts).toHaveLength(limits.repairRounds + 1);
  });

  test("requests no check of an invalid result", async () => {
    const checks = judgeBy("repair");
    const { outcome } = await run(checks, "export const count = (;\n", "export const count = 2;\n");
    expect(outcome).toMatchObject({ status: "succeeded", repairs: [{ round: 1 }] });
    expect(outcome.repairs[0]).not.toHaveProperty("fixed");
    expect(checks.texts).toEqual(["export const count = 2;\n"]);
  });
});

test("a project that holds new failures calls the model once", async () => {
  const { outcome } = await run(judgeBy("hold"), "export const a = bad1;\n");
  expect(outcome).toMatchObject({ status: "held", repairs: [], usage: { modelCalls: 1 } });
});

test("a run leaves its worker if its checks have not ended, with what it has", async () => {
  const { outcome } = await run(
    judgeBy("hold", () => "pending"),
    "export const a = 1;\n",
  );
  expect(outcome).toMatchObject({ status: "waits-for-checks", candidate: { changes: [{ path }], isPartial: false } });
});
