import type { ValidationInput } from "#server/core/validation/validator.ts";
import { runInThread } from "#server/threads/run-in-thread.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";
import { timeValidators, type TimedRuleResult } from "./time-validators.ts";

/** A text that takes longer is refused with a message, because the process has other work. */
const timeoutMs = 120_000;

/** Runs each rule. Large texts are checked in a thread, because a rule may take seconds for one. */
export function applyRules({
  threads,
  input,
  signal,
}: {
  threads: ThreadPool;
  input: ValidationInput;
  signal?: AbortSignal;
}): Promise<TimedRuleResult[]> {
  const { sourceParser, ...texts } = input;
  return runInThread({
    threads,
    task: "applyValidators",
    input: texts,
    sizeBytes: measureTexts(texts),
    inline: (checked) => timeValidators({ ...checked, sourceParser }),
    timeoutMs,
    ...(signal === undefined ? {} : { signal }),
  });
}

function measureTexts({
  changedFiles,
  deletedFiles,
  untouchedFiles,
}: Pick<ValidationInput, "changedFiles" | "deletedFiles" | "untouchedFiles">): number {
  const sizes = [
    ...changedFiles.map(({ before, after }) => (before?.length ?? 0) + after.length),
    ...deletedFiles.map(({ before }) => before.length),
    ...untouchedFiles.map(({ text }) => text.length),
  ];
  return sizes.reduce((sum, size) => sum + size, 0);
}
