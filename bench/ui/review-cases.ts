import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";

/** A comparison shown by every surface: the two versions in Graft, and the same patches for the others. */
export type ReviewCase = {
  name: string;
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
  patches: { path: string; patch: string }[];
};

type Shape = { name: string; fileCount: number; linesPerFile: number; hunkCount: number; linesPerHunk: number };

const shapes: Shape[] = [
  { name: "40 files x 100 changed lines", fileCount: 40, linesPerFile: 400, hunkCount: 10, linesPerHunk: 10 },
  { name: "one file of 20,000 lines, 500 hunks", fileCount: 1, linesPerFile: 20_000, hunkCount: 500, linesPerHunk: 1 },
  { name: "300 files", fileCount: 300, linesPerFile: 80, hunkCount: 2, linesPerHunk: 4 },
];

/** Stores the three diffs of the benchmark as projects with two versions each. */
export async function storeReviewCases({ server }: { server: TestServer }): Promise<ReviewCase[]> {
  const cases: ReviewCase[] = [];
  for (const shape of shapes) {
    const before = Object.fromEntries(
      Array.from({ length: shape.fileCount }, (_, file) => [
        `src/area-${Math.floor(file / 20)}/module-${file}.ts`,
        buildLines({ shape, file }),
      ]),
    );
    const archive = await buildArchive(
      Object.fromEntries(Object.entries(before).map(([path, lines]) => [path, toText(lines)])),
    );
    const { projectId, generationId: base } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: shape.name,
      archive,
    });
    const operations = Object.entries(before).map(([path, lines]) => ({
      type: "write" as const,
      path,
      content: toText(changeLines({ shape, lines })),
    }));
    const { generationId: head } = await server.api.generation.edit({
      parentGenerationId: base,
      changeSet: { operations },
    });
    const { files } = await server.api.generation.diff({ generationId: head });
    const patches = await Promise.all(
      files.map(async ({ path }) => ({
        path,
        patch: (await server.api.generation.fileDiff({ generationId: head, path })).patch ?? "",
      })),
    );
    // The first visitor's server has none of it cached.
    await server.container.database.prisma.derivedContent.deleteMany();
    cases.push({ name: shape.name, projectId, base, head, patches });
  }
  return cases;
}

/** No line is empty, so that a band of one colour on the screen is unrendered. */
function buildLines({ shape, file }: { shape: Shape; file: number }): string[] {
  return Array.from(
    { length: shape.linesPerFile },
    (_, line) => `const value_${file}_${line} = compute(${line}, ${(line * 7) % 13});`,
  );
}

function changeLines({ shape, lines }: { shape: Shape; lines: readonly string[] }): string[] {
  const distance = Math.floor(lines.length / shape.hunkCount);
  return lines.map((line, index) =>
    index % distance < shape.linesPerHunk ? line.replace("compute(", "computeAgain(") : line,
  );
}

function toText(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
