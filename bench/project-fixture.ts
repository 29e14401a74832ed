import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { describeContent, encodeText } from "#server/core/file-content.ts";
import { comparePaths, type FileEntry } from "#server/core/file-tree.ts";

export type ProjectFixture = {
  texts: Map<FilePath, string>;
  tree: Map<FilePath, FileEntry>;
  contents: Map<ContentHash, Uint8Array>;
};

/** A project of `fileCount` TypeScript files of about 3 kB in directories of 25. Deterministic. */
export function buildProjectFixture(fileCount: number): ProjectFixture {
  const texts = new Map<FilePath, string>();
  for (let index = 0; index < fileCount; index += 1)
    texts.set(`src/area-${Math.floor(index / 25)}/module-${index}.ts` as FilePath, buildModule(index));
  return describeTexts(texts);
}

/** The same project after a change of `count` distributed files: each gets one line, in the middle. */
export function changeFiles({ fixture, count, round }: { fixture: ProjectFixture; count: number; round: number }): {
  next: ProjectFixture;
  changedPaths: FilePath[];
} {
  const paths = [...fixture.texts.keys()];
  const changedPaths = Array.from(
    { length: count },
    (_, index) => paths[(round * 31 + index * Math.floor(paths.length / count)) % paths.length],
  ).filter((path) => path !== undefined);
  const texts = new Map(fixture.texts);
  for (const path of changedPaths) {
    const lines = (texts.get(path) ?? "").split("\n");
    lines.splice(Math.floor(lines.length / 2), 0, `export const change${round} = ${round};`);
    texts.set(path, lines.join("\n"));
  }
  const next: ProjectFixture = { texts, tree: new Map(fixture.tree), contents: new Map() };
  for (const path of changedPaths) {
    const bytes = encodeText(texts.get(path) ?? "");
    const entry = describeContent(bytes);
    next.tree.set(path, entry);
    next.contents.set(entry.contentHash, bytes);
  }
  return { next, changedPaths };
}

/** The contents of a fixture, as returned by a store. */
export function loadFrom({ contents }: ProjectFixture) {
  return async (hashes: Iterable<ContentHash>) =>
    new Map(
      [...hashes].flatMap((hash) => {
        const content = contents.get(hash);
        return content === undefined ? [] : [[hash, content] as const];
      }),
    );
}

export function describeTexts(texts: Map<FilePath, string>): ProjectFixture {
  const tree = new Map<FilePath, FileEntry>();
  const contents = new Map<ContentHash, Uint8Array>();
  for (const [path, text] of [...texts].sort(([a], [b]) => comparePaths(a, b))) {
    const bytes = encodeText(text);
    const entry = describeContent(bytes);
    tree.set(path, entry);
    contents.set(entry.contentHash, bytes);
  }
  return { texts, tree, contents };
}

function buildModule(index: number): string {
  const blocks = Array.from(
    { length: 12 },
    (_, block) => `/** Computes part ${block} of module ${index}. */
export function part${index}x${block}(input: { amount: number; name: string }): string {
  const factor = ${(index * 7919 + block * 104_729) % 9_973};
  const total = input.amount * factor + ${block};
  return \`\${input.name}: \${total.toFixed(2)} of ${index}\`;
}
`,
  );
  return `import { z } from "zod";\n\nexport const settings${index} = z.object({ name: z.string(), amount: z.number().min(${index}) });\n\n${blocks.join("\n")}`;
}
