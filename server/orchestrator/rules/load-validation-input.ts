import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import type { MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { listLostNames } from "#server/core/validation/loss/analyze-losses.ts";
import type {
  BinaryFile,
  ChangedFile,
  DeletedFile,
  LeftOutFile,
  ValidationInput,
} from "#server/core/validation/validator.ts";
import { loadPossibleImporters } from "../context/load-possible-importers.ts";

/** A tree, its changes from the parent, and the contents that the parent does not have at these paths. */
type ComparedTree = Pick<MergedCandidate, "tree" | "changes" | "newContents">;

/**
 * A candidate and its parent in the form that the rules check. `parentContents` has the previous contents of the
 * changed files.
 */
export async function loadValidationInput({
  merged,
  parent,
  parentContents,
  leftOut = [],
  prompt,
  sourceParser,
  loadContents,
}: {
  merged: ComparedTree;
  parent: FileTree;
  parentContents: FileContents;
  leftOut?: readonly LeftOutFile[];
  prompt: string;
  sourceParser: SourceParser;
  loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
}): Promise<ValidationInput> {
  const input = {
    ...collectTexts({ merged, parent, parentContents }),
    tree: merged.tree,
    parent,
    leftOut,
    prompt,
    sourceParser,
  };
  const lostNames = listLostNames(input);
  const { tree, changes } = merged;
  return { ...input, untouchedFiles: await loadPossibleImporters({ tree, changes, lostNames, loadContents }) };
}

function collectTexts({
  merged,
  parent,
  parentContents,
}: {
  merged: ComparedTree;
  parent: FileTree;
  parentContents: FileContents;
}): { changedFiles: ChangedFile[]; deletedFiles: DeletedFile[]; binaryFiles: BinaryFile[] } {
  const changedFiles: ChangedFile[] = [];
  const deletedFiles: DeletedFile[] = [];
  const binaryFiles: BinaryFile[] = [];
  for (const { path, previousPath, disposition, cause, oldMode, newMode } of merged.changes) {
    // A link's content is its target, which source rules do not apply to.
    if (oldMode === "120000" || newMode === "120000") continue;
    const before = readText({ contents: parentContents, hash: parent.get(previousPath ?? path)?.contentHash });
    if (disposition === "deleted") {
      if (before !== null) deletedFiles.push({ path, before });
      continue;
    }
    const hash = merged.tree.get(path)?.contentHash;
    if (
      hash !== undefined &&
      merged.newContents.has(hash) &&
      readText({ contents: merged.newContents, hash }) === null
    ) {
      binaryFiles.push({ path, before });
      continue;
    }
    const after = readText({ contents: merged.newContents, hash }) ?? before;
    if (after !== null) changedFiles.push({ path, ...listPreviousPath(previousPath), before, after, cause });
  }
  return { changedFiles, deletedFiles, binaryFiles };
}

function listPreviousPath(previousPath: FilePath | undefined): { previousPath?: FilePath } {
  return previousPath === undefined ? {} : { previousPath };
}

function readText({ contents, hash }: { contents: FileContents; hash: ContentHash | undefined }): string | null {
  const bytes = hash === undefined ? undefined : contents.get(hash);
  return bytes === undefined ? null : (readEncodedText(bytes)?.text ?? null);
}
