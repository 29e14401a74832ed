import { isLockFile } from "#lib/contracts/versions/is-lock-file.ts";
import { countLineChanges } from "../../diff/count-line-changes.ts";
import { applyEdits } from "../../edits/apply-edits.ts";
import { describeContent } from "../../file-content.ts";
import { resolveExistingPath, resolveNamedPath } from "../resolve-path.ts";
import { findEntry, knownPaths, type WorkingTree } from "../working-tree.ts";
import { applyWrite } from "./apply-write.ts";
import { encodeLike } from "./encode-like.ts";
import { readText, type OperationOf, type OperationResult, type Step } from "./operation-step.ts";
import { fileNotFound, findElision, findOutOfScope, findSizeFault, keptAsItIs } from "./refusals.ts";
import { setFile } from "./set-file.ts";

export function applyEdit({
  workingTree,
  contents,
  refuse,
  operation,
}: Step & { operation: OperationOf<"edit"> }): OperationResult {
  const fill = readFill({ workingTree, operation });
  if (fill !== null) return applyWrite({ workingTree, contents, refuse, operation: fill });
  const resolved = resolveExistingPath({ text: operation.path, paths: knownPaths(workingTree) });
  if (resolved.status === "invalid")
    return refuse({ code: "INVALID_PATH", message: `${operation.path}: ${resolved.reason}` });
  if (resolved.status === "unknown") {
    const [only, ...more] = operation.edits;
    // An empty old text matches the whole of a missing file.
    return only?.oldText === "" && more.length === 0
      ? applyWrite({
          workingTree,
          contents,
          refuse,
          operation: { type: "write", path: operation.path, content: only.newText },
        })
      : refuse(fileNotFound({ named: operation.path, candidates: resolved.candidates }));
  }
  const { path } = resolved;
  const refusal = findOutOfScope({ workingTree, path });
  if (refusal !== null) return refuse(refusal);
  const before = findEntry({ workingTree, path });
  const encodedText = readText({ entry: before, contents });
  if (before === undefined || encodedText === null)
    return refuse({
      code: "NOT_TEXT",
      message: `${path} is not text, so it cannot be edited. It is kept as it is. To replace it, delete it and write it anew.`,
      path,
    });
  const { text: beforeText, encoding } = encodedText;
  if (isLockFile(path))
    return refuse({
      code: "LOCK_FILE",
      message: `${path} is made by a tool, so it is not edited. It can be written whole.`,
      report: keptAsItIs({ path, reason: "is made by a tool, so it is not edited" }),
      path,
    });
  const result = applyEdits({ text: beforeText, edits: operation.edits });
  if (result.status === "failed") {
    const failures = result.failures.map(({ code, editIndex, message, report }) => {
      const refused = refuse({
        code,
        editIndex,
        path,
        message: `${path}, block ${editIndex + 1}: ${message}`,
        report: `${path}, block ${editIndex + 1}: ${report}`,
      });
      return refused.status === "failed" ? refused.failures : [];
    });
    return { status: "failed", failures: failures.flat() };
  }
  const written = encodeLike({ path, text: result.text, encoding });
  if (written.status === "refused") return refuse({ ...written.refusal, path });
  const { bytes } = written;
  if (bytes.length === 0)
    return refuse({ code: "EMPTIED", message: `${path} would become empty. To remove a file, delete it.`, path });
  const tooLarge = findSizeFault({ path, bytes });
  if (tooLarge !== null) return refuse({ code: "LIMIT", message: tooLarge, path });
  const elided = findElision({ workingTree, path, before: beforeText, after: result.text });
  if (elided !== null) return refuse({ ...elided, path });
  const isSeen = workingTree.seen.has(before.contentHash);
  const applied = setFile({
    workingTree,
    path,
    entry: { ...describeContent(bytes), mode: before.mode },
    bytes,
    cause: "edit",
    counts: countLineChanges({ before: beforeText, after: result.text }),
    isSeen,
  });
  return { ...applied, skipped: result.skipped };
}

/** A single block without old text writes a missing file; for an existing file it is an edit. */
function readFill({
  workingTree,
  operation: { path, edits },
}: {
  workingTree: WorkingTree;
  operation: OperationOf<"edit">;
}): OperationOf<"write"> | null {
  const [edit, other] = edits;
  if (edit?.oldText !== "" || other !== undefined) return null;
  const named = resolveNamedPath({ text: path, paths: knownPaths(workingTree) });
  if (named.status === "invalid" || findEntry({ workingTree, path: named.path }) !== undefined) return null;
  return { type: "write", path, content: edit.newText };
}
