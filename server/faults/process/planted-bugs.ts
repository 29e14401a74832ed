/** A bug that is patched into a process while it loads a module: the product itself has no switch for it. */
export type PlantedBug = {
  name: "memoAfterCommit" | "unfencedComplete" | "blobOutsideTransaction" | "endlessLoop";
  module: string;
  replacements: readonly { from: string; to: string }[];
  preload: string;
};

type BugSource = Omit<PlantedBug, "preload">;

const sources = {
  /** A finished model call is only stored together with the run, so that a crash pays for it again. */
  memoAfterCommit: {
    name: "memoAfterCommit",
    module: "server/store/runs/run-steps.ts",
    replacements: [
      {
        from: "const result = await compute();",
        to: "const result = await compute();\n      if (result !== undefined) return result;",
      },
    ],
  },
  /** A worker that lost its job stores its result nevertheless. */
  unfencedComplete: {
    name: "unfencedComplete",
    module: "server/services/runs/working/finish-run.ts",
    replacements: [
      {
        from: "if (!(await queue.complete({ transaction, attempt }))) throw new LostAttempt(runId);",
        to: "await queue.complete({ transaction, attempt });",
      },
    ],
  },
  /** Contents are stored outside of the transaction that they belong to. */
  blobOutsideTransaction: {
    name: "blobOutsideTransaction",
    module: "server/services/runs/working/finish-run.ts",
    replacements: [
      {
        from: "import { appendGeneration }",
        to: 'import { insertBlobs } from "#server/store/contents/blobs.ts";\nimport { appendGeneration }',
      },
      {
        from: "return database.prisma.$transaction(async (transaction) => {",
        to: 'if (reached.status === "succeeded") await insertBlobs({ transaction: database.prisma, contents: reached.generation.newContents, bases: new Map() });\n  return database.prisma.$transaction(async (transaction) => {',
      },
    ],
  },
  /** A run with this token prefix blocks the main thread of its worker for ever. */
  endlessLoop: {
    name: "endlessLoop",
    module: "server/services/runs/working/execute-run.ts",
    replacements: [
      {
        from: "const reached = await work({",
        to: 'if (request.prompt.includes("token=blocks") && !request.isCancelRequested) for (;;);\n    const reached = await work({',
      },
    ],
  },
} satisfies Record<PlantedBug["name"], BugSource>;

export function getPlantedBug(name: PlantedBug["name"]): PlantedBug {
  const preload = new URL("plant-bug.ts", import.meta.url);
  preload.searchParams.set("name", name);
  return { ...sources[name], preload: preload.href };
}

/**
 * The source of `bug.module` with the bug in it.
 *
 * @throws Error where the source is not the one that the bug was written for
 */
export function plantBug({ bug, source }: { bug: BugSource; source: string }): string {
  let planted = source;
  for (const { from, to } of bug.replacements) {
    if (planted.split(from).length !== 2)
      throw new Error(`The bug ${bug.name} does not fit ${bug.module}: "${from}" is not in it exactly once.`);
    planted = planted.replace(from, () => to);
  }
  return planted;
}

export const plantedBugs: readonly BugSource[] = Object.values(sources);
