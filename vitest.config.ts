import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The timeout of `expect.poll`. Its default of one second is too short for a process to start on a loaded machine. */
const poll = { timeout: 60_000 };

/** Being slow is not a failure: a property over thousands of inputs takes minutes on a busy machine. */
const timeouts = { testTimeout: 180_000, hookTimeout: 120_000 };

/** Suites of more than a minute. */
const longSuites = /history-model|process-fault-points|process-random-kills|tree-doors|built-in-projects/;

/** Starts the longest suites first, so that none of them runs alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longSuites.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // By default one processor is left free, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "unit",
          expect: { poll },
          include: ["{lib,server,components,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "server/faults/**", "**/__fixtures__/**", "**/node_modules/**"],
          ...timeouts,
        },
      },
      {
        test: {
          name: "database",
          expect: { poll },
          include: ["server/**/*.db.test.ts"],
          globalSetup: ["server/testing/vitest-database.ts"],
          env: { LOG_LEVEL: "silent" },
          ...timeouts,
        },
      },
      {
        test: {
          name: "faults",
          expect: { poll },
          include: ["server/faults/**/*.test.ts"],
          globalSetup: ["server/testing/vitest-database.ts"],
          env: { LOG_LEVEL: "silent" },
          // A nightly suite of some hundred kills, one in 10 s, takes an hour.
          testTimeout: process.env["GRAFT_FAULTS"] === "nightly" ? 4 * 3_600_000 : 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
