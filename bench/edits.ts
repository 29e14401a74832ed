import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { applyPatch } from "diff";
import { applyEdits } from "#server/core/edits/apply-edits.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { buildEditSource, editCaseKinds, type EditCase } from "./edit-cases.ts";

const fileCount = 1_000;

/** Text, or null if the engine refuses. */
type Engine = (edit: EditCase) => Promise<string | null> | string | null;
type Score = { right: number; wrong: number; refused: number; ms: number };

type FilesystemServer = {
  applyFileEdits(path: string, edits: { oldText: string; newText: string }[]): Promise<string>;
};

/**
 * One edit in each of 1,000 generated files, for every kind of drift. Compares Graft with the edit tool of the MCP
 * filesystem server, which reads and writes the file and makes a diff, and with jsdiff's applyPatch, whose hunks have
 * line number 1, like those of a model that does not count lines. A refusal is right if there is no right result.
 */
export async function benchEdits(): Promise<BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), "graft-bench-"));
  const filePath = join(directory, "file.txt");
  const server = (await import(
    pathToFileURL(
      join(import.meta.dirname, "yardsticks/node_modules/@modelcontextprotocol/server-filesystem/dist/lib.js"),
    ).href
  )) as FilesystemServer;
  const engines: {
    name: string;
    run: Engine;
    before?: (edit: EditCase) => Promise<void>;
    after?: () => Promise<string>;
  }[] = [
    { name: "Graft", run: runGraft },
    {
      name: "MCP filesystem server",
      before: ({ before }) => writeFile(filePath, before),
      run: ({ oldText, newText }) => server.applyFileEdits(filePath, [{ oldText, newText }]).catch(() => null),
      after: () => readFile(filePath, "utf8"),
    },
    { name: "jsdiff applyPatch", run: runJsdiff },
  ];
  const rows: BenchRow[] = [];
  const totals = new Map<string, Score>(engines.map(({ name }) => [name, { right: 0, wrong: 0, refused: 0, ms: 0 }]));
  for (const { name, build } of editCaseKinds) {
    const cases = Array.from({ length: fileCount }, (_, index) => build(buildEditSource(index)));
    const scores: string[] = [];
    for (const engine of engines) {
      const score: Score = { right: 0, wrong: 0, refused: 0, ms: 0 };
      for (const edit of cases) {
        await engine.before?.(edit);
        const startedAt = performance.now();
        const answer = await engine.run(edit);
        score.ms += performance.now() - startedAt;
        const text = answer === null || engine.after === undefined ? answer : await engine.after();
        score[text === edit.expected ? "right" : text === null ? "refused" : "wrong"] += 1;
      }
      scores.push(describe(score));
      const total = totals.get(engine.name);
      if (total !== undefined) for (const key of ["right", "wrong", "refused", "ms"] as const) total[key] += score[key];
    }
    const [graft = "", filesystem = "", jsdiff = ""] = scores;
    rows.push({
      name: `edits: ${name}`,
      graft,
      yardstick: `${filesystem} / ${jsdiff}`,
      note: "MCP filesystem server / jsdiff applyPatch",
    });
  }
  await rm(directory, { recursive: true, force: true });
  const [graft, filesystem, jsdiff] = engines.map(({ name }) =>
    describeTotal(totals.get(name) ?? { right: 0, wrong: 0, refused: 0, ms: 0 }),
  );
  rows.push({
    name: `edits: all ${editCaseKinds.length} kinds`,
    graft: graft ?? "",
    yardstick: `${filesystem} / ${jsdiff}`,
    note: "edits per second; the server's with its file access",
  });
  return rows;
}

function runGraft({ before, oldText, newText }: EditCase): string | null {
  const result = applyEdits({ text: before, edits: [{ oldText, newText }] });
  return result.status === "applied" ? result.text : null;
}

function runJsdiff({ before, oldText, newText }: EditCase): string | null {
  const oldLines = oldText.split("\n");
  const newLines = newText.split("\n");
  const hunk = [
    `@@ -1,${oldLines.length} +1,${newLines.length} @@`,
    ...oldLines.map((line) => `-${line}`),
    ...newLines.map((line) => `+${line}`),
  ];
  const result = applyPatch(before, `--- a\n+++ a\n${hunk.join("\n")}\n`);
  return result === false ? null : result;
}

function describe({ right, wrong, refused, ms }: Score): string {
  return `${right} right, ${wrong} wrong, ${refused} refused, ${formatMs(ms)}`;
}

function describeTotal({ right, wrong, refused, ms }: Score): string {
  return `${right} right, ${wrong} wrong, ${refused} refused, ${Math.round((right + wrong + refused) / (ms / 1_000)).toLocaleString("en")}/s`;
}
