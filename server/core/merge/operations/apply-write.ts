import { regularFile, type FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { countLineChanges } from "../../diff/count-line-changes.ts";
import { keepTextForm } from "../../edits/keep-text-form.ts";
import { describeContent, encodeText } from "../../file-content.ts";
import { isSameFile, type FileEntry } from "../../file-tree.ts";
import { readEncodedText, type EncodedText } from "../../text-encoding.ts";
import { resolveNamedPath } from "../resolve-path.ts";
import { findEntry, knownPaths, markSeen } from "../working-tree.ts";
import { encodeLike, type WrittenBytes } from "./encode-like.ts";
import { readText, type OperationOf, type OperationResult, type Step } from "./operation-step.ts";
import { findElision, findOutOfScope, findSizeFault, notSeen } from "./refusals.ts";
import { setFile } from "./set-file.ts";

export function applyWrite({
  workingTree,
  contents,
  refuse,
  operation,
}: Step & { operation: OperationOf<"write"> }): OperationResult {
  const parsed = resolveNamedPath({ text: operation.path, paths: knownPaths(workingTree) });
  if (parsed.status === "invalid")
    return refuse({ code: "INVALID_PATH", message: `${operation.path}: ${parsed.reason}` });
  const { path } = parsed;
  const refusal = findOutOfScope({ workingTree, path });
  if (refusal !== null) return refuse(refusal);
  const before = findEntry({ workingTree, path });
  const written = readWrittenBytes({ path, operation, before: readText({ entry: before, contents }) });
  if (written.status === "refused") return refuse(written.refusal);
  const { bytes } = written;
  const tooLarge = findSizeFault({ path, bytes });
  if (tooLarge !== null) return refuse({ code: "LIMIT", message: tooLarge });
  const mode = decideMode({ before, operation });
  if (mode === "120000" && operation.executable !== undefined)
    return refuse({
      code: "INVALID_LINK",
      message: `${path} is a symbolic link, which is not executable itself. To put a file in its place, delete it first.`,
    });
  const entry = { ...describeContent(bytes), mode };
  if (isSameFile(before, entry)) {
    return { status: "applied", workingTree: markSeen({ workingTree, path }), path, additions: 0, deletions: 0 };
  }
  const isReplaced = before !== undefined && before.contentHash !== entry.contentHash;
  if (isReplaced && !workingTree.seen.has(before.contentHash)) return refuse(notSeen({ path, before, contents }));
  if (isReplaced && bytes.length === 0)
    return refuse({ code: "EMPTIED", message: `${path} would become empty. To remove a file, delete it.` });
  const beforeText = readText({ entry: before, contents })?.text ?? "";
  const afterText = readEncodedText(bytes)?.text ?? "";
  const elided = findElision({ workingTree, path, before: beforeText, after: afterText });
  if (elided !== null) return refuse(elided);
  return setFile({
    workingTree,
    path,
    entry,
    bytes,
    cause: "write",
    counts: countLineChanges({ before: beforeText, after: afterText }),
    isSeen: true,
  });
}

/** Text without a declared encoding takes the format of the text that it replaces; with one, its bytes are exact. */
function readWrittenBytes({
  path,
  operation: { content, encoding },
  before,
}: {
  path: FilePath;
  operation: OperationOf<"write">;
  before: EncodedText | null;
}): WrittenBytes {
  if (encoding === "base64") {
    const bytes = decodeBase64(content);
    return bytes === null
      ? { status: "refused", refusal: { code: "NOT_TEXT", message: `${path}: the content is not valid base64.` } }
      : { status: "written", bytes };
  }
  if (encoding === "utf8" || before === null) return { status: "written", bytes: encodeText(content) };
  return encodeLike({ path, text: keepTextForm({ before: before.text, content }), encoding: before.encoding });
}

/** Properties that the write does not name are kept; a new file is a regular one. */
function decideMode({
  before,
  operation: { isLink, executable },
}: {
  before: FileEntry | undefined;
  operation: OperationOf<"write">;
}): FileMode {
  if (isLink ?? before?.mode === "120000") return "120000";
  const isExecutable = executable ?? before?.mode === "100755";
  return isExecutable ? "100755" : regularFile;
}

function decodeBase64(text: string): Uint8Array | null {
  const compact = text.replace(/\s/g, "");
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)
    ? new Uint8Array(Buffer.from(compact, "base64"))
    : null;
}
