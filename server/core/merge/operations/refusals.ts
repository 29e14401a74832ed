import type { FilePath } from "#lib/contracts/ids.ts";
import { isLockFile } from "#lib/contracts/versions/is-lock-file.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { OperationFailureCode } from "../../change-set/operation-failure.ts";
import { decodeText } from "../../file-content.ts";
import type { FileContents, FileEntry } from "../../file-tree.ts";
import { findElisionMarkers } from "../../validation/find-elision-markers.ts";
import { findScopeRefusal } from "../scopes/change-scope.ts";
import type { WorkingTree } from "../working-tree.ts";
import { readText } from "./operation-step.ts";

/**
 * A refusal shows a file up to this size, so that the next attempt has it as context; a larger one must be read with a
 * tool.
 */
const maxReportedFileBytes = 60_000;

export type Refusal = { code: OperationFailureCode; message: string; report?: string };

export function findSizeFault({ path, bytes }: { path: FilePath; bytes: Uint8Array }): string | null {
  const [limit, kind] =
    decodeText(bytes) === null ? [limits.binaryFileBytes, "binary"] : [limits.textFileBytes, "text"];
  return bytes.length <= limit
    ? null
    : `${path} would have ${bytes.length} bytes; a ${kind} file has at most ${limit}.`;
}

export function findElision({
  workingTree,
  path,
  before,
  after,
}: {
  workingTree: WorkingTree;
  path: FilePath;
  before: string;
  after: string;
}): Refusal | null {
  if (workingTree.elisions === "keep") return null;
  const [marker] = findElisionMarkers({ path, before, after });
  if (marker === undefined) return null;
  return {
    code: "ELISION",
    message: `${path}, line ${marker.line} stands for code that is not there: ${JSON.stringify(marker.text)}.`,
    report: `${path}, line ${marker.line} is a placeholder for code that is not there: ${JSON.stringify(marker.text)}. It would overwrite real code. Use edit_file for the part that changes, or write every line.`,
  };
}

/** For a file that no tool of the model can change: advice that the next rule refuses would waste calls. */
export function keptAsItIs({ path, reason }: { path: FilePath; reason: string }): string {
  return `${path} ${reason}. It is kept byte for byte: leave it, and tell the developer what has to change in it.`;
}

export function notSeen({
  path,
  before,
  contents,
}: {
  path: FilePath;
  before: FileEntry;
  contents: FileContents;
}): Refusal {
  const message = `${path} exists and was not shown in full, so it is not replaced.`;
  const text = readText({ entry: before, contents })?.text ?? null;
  if (text === null && contents.has(before.contentHash))
    return {
      code: "NOT_SEEN",
      message,
      report: `${path} is not text, so it cannot be shown. It is kept as it is. To replace it, delete it first.`,
    };
  if (isLockFile(path))
    return {
      code: "NOT_SEEN",
      message,
      report: keptAsItIs({ path, reason: "is made by a tool, so it is not replaced" }),
    };
  if (text === null || before.sizeBytes > maxReportedFileBytes)
    return { code: "NOT_SEEN", message, report: `${message} Read it, then change the part with edit_file.` };
  return {
    code: "NOT_SEEN",
    message,
    report: `${message} Change the part that needs it with edit_file. The file as it stands:\n${text}`,
  };
}

export function findOutOfScope({ workingTree, path }: { workingTree: WorkingTree; path: FilePath }): Refusal | null {
  const reason = findScopeRefusal({ scope: workingTree.scope, path });
  if (reason === null) return null;
  const message = reason === "locked" ? `${path} is locked.` : `${path} is outside the files that this run may change.`;
  return {
    code: "OUT_OF_SCOPE",
    message,
    report: `${message} It was not changed. Leave it as it is; the developer is shown what you proposed.`,
  };
}

export function fileNotFound({ named, candidates }: { named: string; candidates: readonly FilePath[] }): Refusal {
  const hint =
    candidates.length === 0 ? "Use list_files to see what there is." : `Did you mean one of: ${candidates.join(", ")}?`;
  return {
    code: "FILE_NOT_FOUND",
    message: `There is no file ${named}.`,
    report: `There is no file ${named}. ${hint}`,
  };
}
