import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { printCodeSchema } from "#server/testing/print-code-schema.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { assembleCodeSchema } from "./assemble-code-schema.ts";
import { extractFileFacts, type FileFacts } from "./extract-file-facts.ts";
import type { FactExtractor } from "./extractors/fact-extractor.ts";
import { registeredExtractors } from "./extractors/registry.ts";

const parser = await loadSourceParser();
const fixtures = join(import.meta.dirname, "__fixtures__");

function listFixtures(extractorName: string): string[] {
  try {
    return readdirSync(join(fixtures, extractorName)).toSorted();
  } catch {
    return [];
  }
}

/** The files in a folder, by relative path. */
function readFiles(folder: string): [FilePath, string][] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return paths.toSorted().map((path) => [path as FilePath, readFileSync(join(folder, path), "utf8")]);
}

function extractAll({
  files,
  extractors,
}: {
  files: readonly [FilePath, string][];
  extractors: readonly FactExtractor[];
}): Map<FilePath, FileFacts> {
  return new Map(
    files.flatMap(([path, text]) => {
      const facts = extractFileFacts({ path, text, parser, extractors });
      return facts === null ? [] : [[path, facts] as const];
    }),
  );
}

describe.each(registeredExtractors.map(({ name }) => name))("%s", (name) => {
  const cases = listFixtures(name);

  test("has a fixture", () => {
    expect(cases).not.toEqual([]);
  });

  // All extractors read each fixture, so that a fact read by two of them shows up.
  test.each(cases)("%s", (fixture) => {
    const folder = join(fixtures, name, fixture);
    const schema = assembleCodeSchema(
      extractAll({ files: readFiles(join(folder, "files")), extractors: registeredExtractors }),
    );
    const printed = printCodeSchema(/^(?:exports|declarations)$/.test(name) ? schema : { ...schema, exports: [] });
    expect(printed).toBe(readFileSync(join(folder, "expected.txt"), "utf8"));
  });
});

test("every fixture folder belongs to a registered extractor", () => {
  expect(readdirSync(fixtures).toSorted()).toEqual(registeredExtractors.map(({ name }) => name).toSorted());
});

const allFiles = registeredExtractors.flatMap(({ name }) =>
  listFixtures(name).flatMap((fixture) => readFiles(join(fixtures, name, fixture, "files"))),
);

test("facts are plain JSON", () => {
  for (const facts of extractAll({ files: allFiles, extractors: registeredExtractors }).values()) {
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  }
});

test("the schema does not depend on the order of files", () => {
  const facts = [...extractAll({ files: allFiles, extractors: registeredExtractors })];
  expect(assembleCodeSchema(new Map(facts.toReversed()))).toEqual(assembleCodeSchema(new Map(facts)));
});

test("CRLF line endings change nothing", () => {
  const withCrlf = allFiles.map(([path, text]): [FilePath, string] => [path, text.replaceAll("\n", "\r\n")]);
  expect(assembleCodeSchema(extractAll({ files: withCrlf, extractors: registeredExtractors }))).toEqual(
    assembleCodeSchema(extractAll({ files: allFiles, extractors: registeredExtractors })),
  );
});

test("broken and malicious text is read without throwing", () => {
  const damage = fc.record({
    file: fc.constantFrom(...allFiles),
    from: fc.nat({ max: 2_000 }),
    length: fc.nat({ max: 400 }),
    insert: fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("(", "{", "[", '"', "'''", "`${", "*/", "\0", "\ud800", "class A(A):\n", "..".repeat(50)),
    ),
    repeats: fc.constantFrom(1, 1, 1, 50),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const files = damages.map(({ file: [path, text], from, length, insert, repeats }): [FilePath, string] => [
        path,
        text.slice(0, from) + insert.repeat(repeats) + text.slice(from + length),
      ]);
      const schema = assembleCodeSchema(extractAll({ files, extractors: registeredExtractors }));
      for (const place of [
        ...schema.entities,
        ...schema.relations,
        ...schema.enums,
        ...schema.routes,
        ...schema.exports,
      ])
        expect(place.line).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

test("routers that include each other, and files that import each other, terminate", () => {
  const files: [FilePath, string][] = [
    [
      "a.py" as FilePath,
      'from b import router as other\nrouter = APIRouter(prefix="/a")\nrouter.include_router(other)\n@router.get("/x")\ndef x(): ...\n',
    ],
    [
      "b.py" as FilePath,
      'from a import router as other\nfrom b import ghost\nrouter = APIRouter(prefix="/b")\nrouter.include_router(other)\nrouter.include_router(ghost)\n',
    ],
  ];
  const { routes } = assembleCodeSchema(extractAll({ files, extractors: registeredExtractors }));
  expect(routes.map(({ route }) => route)).toEqual(["/b/a/x"]);
});

test("routers mounted twice at every level terminate", () => {
  const files = Array.from({ length: 40 }, (_, index): [FilePath, string] => [
    `r${index}.py` as FilePath,
    `from r${index + 1} import router as child\nrouter = APIRouter()\nrouter.include_router(child, prefix="/a")\nrouter.include_router(child, prefix="/b")\n@router.get("/x")\ndef x(): ...\n`,
  ]);
  const { routes } = assembleCodeSchema(extractAll({ files, extractors: registeredExtractors }));
  expect(routes.filter(({ path }) => path === "r1.py").map(({ route }) => route)).toEqual(["/a/x", "/b/x"]);
  expect(routes.filter(({ path }) => path === "r39.py")).toHaveLength(20);
});

test("deep and long text is read in bounded time", () => {
  const deep = `export const appRouter = ${"router({ a: ".repeat(3_000)}`;
  const long = `export const schema = z.object({})${".strict()".repeat(20_000)}; // zod`;
  const wide = "class A(BaseModel):\n" + "    x: int = 1\n".repeat(20_000);
  const startedMs = performance.now();
  for (const [path, text] of [
    ["a.ts", deep],
    ["b.ts", long],
    ["c.py", wide],
  ] as const)
    extractFileFacts({ path: path as FilePath, text, parser });
  expect(performance.now() - startedMs).toBeLessThan(10_000);
}, 30_000);
