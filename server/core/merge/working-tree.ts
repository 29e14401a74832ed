import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import { regularFile, type FileMode } from "#lib/contracts/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause } from "#lib/contracts/ledger.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { OperationFailure, OperationFailureCode } from "../change-set/operation-failure.ts";
import { countLineChanges } from "../diff/count-line-changes.ts";
import { decodeText, describeContent, encodeText } from "../file-content.ts";
import { encodeTextAs, readEncodedText, type EncodedText } from "../text-encoding.ts";
import { comparePaths, isSameFile, type FileContents, type FileEntry, type FileTree } from "../file-tree.ts";
import { findElisionMarkers } from "../validation/find-elision-markers.ts";
import { applyEdits } from "../edits/apply-edits.ts";
import type { SkippedEdit } from "../edits/skipped-edit.ts";
import { findScopeRefusal, type ChangeScope } from "./change-scope.ts";
import { keepTextForm } from "../edits/keep-text-form.ts";
import { findUnwritableText } from "./find-unwritable-text.ts";
import { resolveExistingPath, resolveNamedPath, type KnownPaths } from "./resolve-path.ts";

/**
 * What became of one path since the parent: its entry now, or null where it is gone; and the parent's path of its
 * content.
 */
export type WorkingChange = { entry: FileEntry | null; origin: FilePath | null; cause: LedgerCause };

/**
 * The parent with the operations so far, as an overlay: its cost grows with what changed. A value: an operation gives a
 * new one and leaves this as it was, so that a failed operation leaves nothing behind.
 */
export type WorkingTree = {
  parent: FileTree;
  changes: ReadonlyMap<FilePath, WorkingChange>;
  newContents: FileContents;
  /** Contents that the author has seen in full, wherever they stand: a file that holds one may be replaced whole. */
  seen: ReadonlySet<ContentHash>;
  scope: ChangeScope;
  /**
   * A model's placeholder for code is refused; one that it insists on is kept for a person to decide, and so is a
   * person's own.
   */
  elisions: "refuse" | "keep";
};

type AppliedOperation = {
  status: "applied";
  workingTree: WorkingTree;
  path: FilePath;
  additions: number;
  deletions: number;
  /** Blocks of an edit that asked for nothing, and were left out. */
  skipped?: readonly SkippedEdit[];
};

export type OperationResult = AppliedOperation | { status: "failed"; failures: OperationFailure[] };

const lockFile =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|Pipfile\.lock|uv\.lock|pdm\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock|mix\.lock|pubspec\.lock|flake\.lock)$/;

/** A file shown inside a refusal is the next attempt's context; a larger one is to be read by tool. */
const maxReportedFileBytes = 60_000;

export function openWorkingTree({
  parent,
  seen,
  scope,
}: {
  parent: FileTree;
  seen: ReadonlySet<ContentHash>;
  scope: ChangeScope;
}): WorkingTree {
  return { parent, changes: new Map(), newContents: new Map(), seen, scope, elisions: "refuse" };
}

/**
 * The tree without what happened to some of its changed files: each is the parent's again, a moved one in its old
 * place.
 */
export function undoChanges({
  workingTree,
  paths,
}: {
  workingTree: WorkingTree;
  paths: Iterable<FilePath>;
}): WorkingTree {
  const changes = new Map(workingTree.changes);
  for (const path of paths) {
    const origin = changes.get(path)?.origin ?? null;
    changes.delete(path);
    // Where another file took its old place meanwhile, that one has its own row and its own decision.
    if (origin !== null && changes.get(origin)?.entry === null) changes.delete(origin);
  }
  return { ...workingTree, changes };
}

/** The tree with another content for one changed file, which keeps its place, its origin and its mode. */
export function replaceContent({
  workingTree,
  path,
  bytes,
}: {
  workingTree: WorkingTree;
  path: FilePath;
  bytes: Uint8Array;
}): WorkingTree {
  const known = workingTree.changes.get(path);
  if (known === undefined || known.entry === null) return workingTree;
  const entry = { ...describeContent(bytes), mode: known.entry.mode };
  return {
    ...workingTree,
    changes: new Map(workingTree.changes).set(path, { ...known, entry }),
    newContents: new Map(workingTree.newContents).set(entry.contentHash, bytes),
  };
}

/** All files as they stand. */
export function buildTree({ parent, changes }: WorkingTree): FileTree {
  if (changes.size === 0) return parent;
  const tree = new Map(parent);
  let hasNewPath = false;
  for (const [path, { entry }] of changes) {
    if (entry === null) tree.delete(path);
    else {
      hasNewPath ||= !parent.has(path);
      tree.set(path, entry);
    }
  }
  return hasNewPath ? new Map([...tree].sort(([a], [b]) => comparePaths(a, b))) : tree;
}

export function findEntry({ workingTree, path }: { workingTree: WorkingTree; path: FilePath }): FileEntry | undefined {
  const change = workingTree.changes.get(path);
  return change === undefined ? workingTree.parent.get(path) : (change.entry ?? undefined);
}

/** All paths as they stand, in no particular order. */
export function listPaths({ parent, changes }: WorkingTree): FilePath[] {
  const paths = [...parent.keys()].filter((path) => !changes.has(path));
  for (const [path, { entry }] of changes) if (entry !== null) paths.push(path);
  return paths;
}

/** Notes that the author has been shown the whole of a file as it stands. */
export function markSeen({ workingTree, path }: { workingTree: WorkingTree; path: FilePath }): WorkingTree {
  const entry = findEntry({ workingTree, path });
  return entry === undefined ? workingTree : { ...workingTree, seen: new Set(workingTree.seen).add(entry.contentHash) };
}

/** Parent contents that `applyOperation` will look at: the caller loads them first. */
export function hashesNeededBy({
  workingTree,
  operation,
}: {
  workingTree: WorkingTree;
  operation: ChangeOperation;
}): ContentHash[] {
  const named = operation.type === "move" ? operation.source : operation.path;
  const resolve = operation.type === "edit" ? resolveExistingPath : resolveNamedPath;
  const resolved = resolve({ text: named, paths: knownPaths(workingTree) });
  const entry = resolved.status === "valid" ? findEntry({ workingTree, path: resolved.path }) : undefined;
  return entry === undefined || workingTree.newContents.has(entry.contentHash) ? [] : [entry.contentHash];
}

/** Applies one operation, or says why not. Expected failures are values; nothing is changed by a failed one. */
export function applyOperation({
  workingTree,
  operation,
  operationIndex,
  contents,
}: {
  workingTree: WorkingTree;
  operation: ChangeOperation;
  operationIndex: number;
  contents: FileContents;
}): OperationResult {
  const named = operation.type === "move" ? operation.source : operation.path;
  const refuse: Refuse = ({ code, message, report, editIndex, path }) => ({
    status: "failed",
    failures: [
      {
        code,
        path: path ?? named,
        operationIndex,
        message,
        report: report ?? message,
        ...(editIndex === undefined ? {} : { editIndex }),
      },
    ],
  });
  const unwritable = findUnwritableText(operation);
  if (unwritable !== null) return refuse({ code: "NOT_TEXT", message: `${named} would hold ${unwritable}.` });
  const step: Step = { workingTree, contents: new Map([...contents, ...workingTree.newContents]), refuse };
  switch (operation.type) {
    case "write":
      return applyWrite({ ...step, operation });
    case "edit":
      return applyEdit({ ...step, operation });
    case "delete":
      return applyDelete({ ...step, operation });
    case "move":
      return applyMove({ ...step, operation });
  }
}

type Refuse = (failure: {
  code: OperationFailureCode;
  message: string;
  report?: string;
  editIndex?: number;
  path?: string;
}) => OperationResult;
type Step = { workingTree: WorkingTree; contents: FileContents; refuse: Refuse };
type OperationOf<Type extends ChangeOperation["type"]> = Extract<ChangeOperation, { type: Type }>;

function applyWrite({
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

type WrittenBytes = { status: "written"; bytes: Uint8Array } | { status: "refused"; refusal: Refusal };

/** Text without a declared encoding takes the form of the text that it replaces; a declared one says all its bytes. */
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

/** A text in the encoding that its file is in; refused where the encoding lacks a character. */
function encodeLike({ path, text, encoding }: EncodedText & { path: FilePath }): WrittenBytes {
  const encoded = encodeTextAs({ text, encoding });
  if (encoded.status === "encoded") return { status: "written", bytes: encoded.bytes };
  const message = `${path} is ${encoding} text, which has no ${JSON.stringify(encoded.character)}. It was not changed. Write the character in another way, or delete the file and write it anew as UTF-8.`;
  return { status: "refused", refusal: { code: "NOT_TEXT", message } };
}

/** What the write does not name is as it was; a new file is a regular one. */
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

function applyEdit({
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
    // An empty old text is all of a file that is not there.
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
  if (lockFile.test(path))
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

/** A single block without old text on a file that is not there writes the file; anywhere else it is an edit. */
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

function applyDelete({
  workingTree,
  contents,
  refuse,
  operation,
}: Step & { operation: OperationOf<"delete"> }): OperationResult {
  const parsed = resolveNamedPath({ text: operation.path, paths: knownPaths(workingTree) });
  if (parsed.status === "invalid")
    return refuse({ code: "INVALID_PATH", message: `${operation.path}: ${parsed.reason}` });
  const { path } = parsed;
  const before = findEntry({ workingTree, path });
  if (before === undefined) return refuse(fileNotFound({ named: operation.path, candidates: [] }));
  const refusal = findOutOfScope({ workingTree, path });
  if (refusal !== null) return refuse(refusal);
  const changes = new Map(workingTree.changes).set(path, { entry: null, origin: null, cause: "delete" });
  const { deletions } = countLineChanges({ before: readText({ entry: before, contents })?.text ?? "", after: "" });
  return { status: "applied", workingTree: { ...workingTree, changes }, path, additions: 0, deletions };
}

function applyMove({ workingTree, refuse, operation }: Step & { operation: OperationOf<"move"> }): OperationResult {
  const source = resolveNamedPath({ text: operation.source, paths: knownPaths(workingTree) });
  if (source.status === "invalid")
    return refuse({ code: "INVALID_PATH", message: `${operation.source}: ${source.reason}` });
  const destination = resolveNamedPath({ text: operation.destination, paths: knownPaths(workingTree) });
  if (destination.status === "invalid")
    return refuse({
      code: "INVALID_PATH",
      message: `${operation.destination}: ${destination.reason}`,
      path: operation.destination,
    });
  const entry = findEntry({ workingTree, path: source.path });
  if (entry === undefined) return refuse(fileNotFound({ named: operation.source, candidates: [] }));
  if (source.path === destination.path)
    return refuse({ code: "NO_CHANGE", message: `${source.path} would be moved onto itself.` });
  if (findEntry({ workingTree, path: destination.path }) !== undefined) {
    return refuse({
      code: "DESTINATION_EXISTS",
      message: `${destination.path} exists already. Delete it first, or choose another name.`,
      path: operation.destination,
    });
  }
  const refusal =
    findOutOfScope({ workingTree, path: source.path }) ?? findOutOfScope({ workingTree, path: destination.path });
  if (refusal !== null) return refuse(refusal);
  const known = workingTree.changes.get(source.path);
  const origin = known === undefined ? source.path : known.origin;
  const changes = new Map(workingTree.changes)
    .set(source.path, { entry: null, origin: null, cause: "move" })
    .set(destination.path, { entry, origin, cause: "move" });
  return {
    status: "applied",
    workingTree: { ...workingTree, changes },
    path: destination.path,
    additions: 0,
    deletions: 0,
  };
}

function setFile({
  workingTree,
  path,
  entry,
  bytes,
  cause,
  counts,
  isSeen,
}: {
  workingTree: WorkingTree;
  path: FilePath;
  entry: FileEntry;
  bytes: Uint8Array;
  cause: LedgerCause;
  counts: { additions: number; deletions: number };
  isSeen: boolean;
}): AppliedOperation {
  const known = workingTree.changes.get(path);
  const origin = known === undefined ? (workingTree.parent.has(path) ? path : null) : known.origin;
  // What was written whole may have forgotten something, whatever is edited in it afterwards.
  const lasting = known !== undefined && known.entry !== null && known.cause === "write" ? "write" : cause;
  return {
    status: "applied",
    workingTree: {
      ...workingTree,
      changes: new Map(workingTree.changes).set(path, { entry, origin, cause: lasting }),
      newContents: new Map(workingTree.newContents).set(entry.contentHash, bytes),
      seen: isSeen ? new Set(workingTree.seen).add(entry.contentHash) : workingTree.seen,
    },
    path,
    ...counts,
  };
}

/** The files as they are now, for resolving the paths that an author writes. */
export function knownPaths(workingTree: WorkingTree): KnownPaths {
  return {
    has: (path) => findEntry({ workingTree, path }) !== undefined,
    list: () => listPaths(workingTree),
  };
}

function readText({ entry, contents }: { entry: FileEntry | undefined; contents: FileContents }): EncodedText | null {
  const bytes = entry === undefined ? undefined : contents.get(entry.contentHash);
  return bytes === undefined ? null : readEncodedText(bytes);
}

function decodeBase64(text: string): Uint8Array | null {
  const compact = text.replace(/\s/g, "");
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)
    ? new Uint8Array(Buffer.from(compact, "base64"))
    : null;
}

function findSizeFault({ path, bytes }: { path: FilePath; bytes: Uint8Array }): string | null {
  const [limit, kind] =
    decodeText(bytes) === null ? [limits.binaryFileBytes, "binary"] : [limits.textFileBytes, "text"];
  return bytes.length <= limit
    ? null
    : `${path} would have ${bytes.length} bytes; a ${kind} file has at most ${limit}.`;
}

type Refusal = { code: OperationFailureCode; message: string; report?: string };

function findElision({
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

/** For a file that no tool of the model can change: advice that the next rule would refuse costs calls. */
function keptAsItIs({ path, reason }: { path: FilePath; reason: string }): string {
  return `${path} ${reason}. It is kept byte for byte: leave it, and tell the developer what has to change in it.`;
}

function notSeen({ path, before, contents }: { path: FilePath; before: FileEntry; contents: FileContents }): Refusal {
  const message = `${path} exists and was not shown in full, so it is not replaced.`;
  const text = readText({ entry: before, contents })?.text ?? null;
  if (text === null && contents.has(before.contentHash))
    return {
      code: "NOT_SEEN",
      message,
      report: `${path} is not text, so it cannot be shown. It is kept as it is. To replace it, delete it first.`,
    };
  if (lockFile.test(path))
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

function findOutOfScope({ workingTree, path }: { workingTree: WorkingTree; path: FilePath }): Refusal | null {
  const reason = findScopeRefusal({ scope: workingTree.scope, path });
  if (reason === null) return null;
  const message = reason === "locked" ? `${path} is locked.` : `${path} is outside the files that this run may change.`;
  return {
    code: "OUT_OF_SCOPE",
    message,
    report: `${message} It was not changed. Leave it as it is; the developer is shown what you proposed.`,
  };
}

function fileNotFound({ named, candidates }: { named: string; candidates: readonly FilePath[] }): Refusal {
  const hint =
    candidates.length === 0 ? "Use list_files to see what there is." : `Did you mean one of: ${candidates.join(", ")}?`;
  return {
    code: "FILE_NOT_FOUND",
    message: `There is no file ${named}.`,
    report: `There is no file ${named}. ${hint}`,
  };
}
