import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { nameMode } from "#lib/contracts/runs/name-mode.ts";
import type { GenerationFileOutput } from "#lib/contracts/versions/generation.ts";
import { parseHunks } from "../../diff-surface/hunks/parse-hunks.ts";
import type { KeptOld } from "./kept-old.ts";
import { revertHunks } from "./revert-hunks.ts";

type FileText = Pick<GenerationFileOutput, "content" | "encoding" | "mode" | "decoded">;

/** Reads the two versions of a comparison. */
type ComparedTexts = {
  readFile: (file: { side: "base" | "head"; path: FilePath }) => Promise<FileText>;
  readPatch: (path: FilePath) => Promise<string>;
};

/** The operations on the head that restore the base's files and lines. Every other byte stays the head's. */
export async function planKeptOld({
  kept,
  files,
  texts,
}: {
  kept: KeptOld;
  files: readonly ReviewFile[];
  texts: ComparedTexts;
}): Promise<ChangeOperation[]> {
  const operations: ChangeOperation[] = [];
  for (const [path, chosen] of kept) {
    const file = files.find((each) => each.path === path);
    if (file !== undefined)
      operations.push(
        ...(chosen === "file" ? await planFile({ file, texts }) : await planHunks({ file, chosen, texts })),
      );
  }
  return operations;
}

async function planFile({ file, texts }: { file: ReviewFile; texts: ComparedTexts }): Promise<ChangeOperation[]> {
  if (file.status === "added") return [{ type: "delete", path: file.path }];
  const basePath = file.previousPath ?? file.path;
  const { content, encoding, mode } = await texts.readFile({ side: "base", path: basePath });
  const move: ChangeOperation[] =
    file.previousPath === undefined ? [] : [{ type: "move", source: file.path, destination: file.previousPath }];
  const was = file.status === "deleted" ? null : (file.newMode ?? mode);
  return [...move, { type: "write", path: basePath, content, encoding, ...nameMode({ mode, was }) }];
}

async function planHunks({
  file,
  chosen,
  texts,
}: {
  file: ReviewFile;
  chosen: ReadonlySet<number>;
  texts: ComparedTexts;
}): Promise<ChangeOperation[]> {
  const { path } = file;
  const [{ content, decoded }, patch] = await Promise.all([
    texts.readFile({ side: "head", path }),
    texts.readPatch(path),
  ]);
  const hunks = parseHunks(patch);
  if (hunks.length === chosen.size && file.status !== "moved") return planFile({ file, texts });
  // Without a declared encoding the text is written in its file's encoding.
  return decoded === undefined
    ? [{ type: "write", path, content: revertHunks({ text: content, hunks, chosen }), encoding: "utf8" }]
    : [{ type: "write", path, content: revertHunks({ text: decoded.text, hunks, chosen }) }];
}
