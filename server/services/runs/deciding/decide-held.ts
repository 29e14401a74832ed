import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { FileDecision } from "#lib/contracts/runs/run.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { takeHunks } from "#server/core/diff/take-hunks.ts";
import { encodeText } from "#server/core/file-content.ts";
import { encodeTextAs, readEncodedText, type EncodedText } from "#server/core/text-encoding.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { findParentHashesNeeded } from "#server/core/merge/find-parent-hashes-needed.ts";
import { mergeChangeSet, type MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import { replaceContent, undoChanges, type WorkingTree } from "#server/core/merge/working-tree.ts";
import { applyValidators, sortIssues } from "#server/core/validation/apply-validators.ts";
import { breaksResult } from "#server/core/validation/breaks-result.ts";
import type { LeftOutFile, ValidationInput } from "#server/core/validation/validator.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import { loadValidationInput } from "#server/orchestrator/rules/load-validation-input.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";
import { toRefusalCode } from "../../versions/to-refusal-code.ts";

/** A held candidate with the user's decisions, merged and checked like any other. */
type DecidedCandidate = {
  merged: MergedCandidate;
  parentContents: FileContents;
  input: ValidationInput;
  issues: ValidationIssue[];
  /** Findings that neither the parent nor the whole proposal has: the accepted parts are inconsistent. */
  problems: ValidationIssue[];
};

/**
 * The candidate with the parent's text for rejected changes. Files without a decision are accepted.
 *
 * @throws AppError NAME_COLLISION, INVALID_PATH, INPUT_TOO_LARGE, EDIT_FAILED if the decisions give no valid tree;
 *   INVALID_INPUT if they name a missing hunk
 */
export async function decideHeld({
  container: { database, treeObjects, sourceParser },
  held: { candidate, issues: proposedIssues },
  decisions,
}: {
  container: Container;
  held: HeldCandidate;
  decisions: readonly FileDecision[];
}): Promise<DecidedCandidate> {
  const store = createGenerationStore({ database, treeObjects });
  const { parent, request } = candidate;
  const loadContents = cacheContents({ held: candidate, load: (hashes) => store.loadContents(hashes) });
  const kept = decisions.flatMap(({ path, decision }) => (decision === "keep-parent" ? [path as FilePath] : []));
  const start = undoChanges({ workingTree: candidate.merged.workingTree, paths: kept });
  const parentContents = await loadContents(
    findParentHashesNeeded({ start: candidate.merged.workingTree, changeSet: { operations: [] } }),
  );
  const decided = takeDecidedHunks({ start, decisions, contents: new Map([...parentContents, ...start.newContents]) });
  const result = mergeChangeSet({ start: decided, parentContents, changeSet: { operations: [] } });
  if (result.status === "rejected")
    throw new AppError({
      code: toRefusalCode(result.failures[0]),
      message: `${result.failures[0]?.message ?? "These decisions do not fit together."} Nothing was changed.`,
    });
  const merged = result.candidate;
  const input = await loadValidationInput({
    merged,
    parent,
    parentContents,
    leftOut: listLeftOut({ kept, held: candidate.merged, parent, contents: parentContents }),
    prompt: request.prompt,
    sourceParser,
    loadContents,
  });
  const issues: ValidationIssue[] = [];
  for (const { issues: found } of applyValidators(input)) {
    issues.push(...found);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const known = new Set(proposedIssues.map(identify));
  const problems = issues.filter((issue) => breaksResult(issue) && !known.has(identify(issue)));
  return { merged, parentContents, input, issues: sortIssues(issues), problems };
}

function identify({ validator, path, message }: ValidationIssue): string {
  return `${validator} ${path} ${message}`;
}

function takeDecidedHunks({
  start,
  decisions,
  contents,
}: {
  start: WorkingTree;
  decisions: readonly FileDecision[];
  contents: FileContents;
}): WorkingTree {
  let workingTree = start;
  for (const { path, decision, hunks = [] } of decisions) {
    const change = start.changes.get(path as FilePath);
    if (hunks.length === 0 || decision !== "accept" || change === undefined) continue;
    const before = readText({
      contents,
      hash: change.origin === null ? undefined : start.parent.get(change.origin)?.contentHash,
    });
    const after = readText({ contents, hash: change.entry?.contentHash });
    if (before === null || after === null)
      throw new AppError({
        code: "INVALID_INPUT",
        message: `${path} is no changed text, so it has no hunks to decide on. Nothing was changed.`,
      });
    const chosen = new Map(hunks.map(({ index, decision: ofHunk }) => [index, ofHunk]));
    const { text, hunkCount } = takeHunks({
      before: before.text,
      after: after.text,
      takes: (index) => chosen.get(index) !== "keep-parent",
    });
    const unknown = hunks.find(({ index }) => index >= hunkCount);
    if (unknown !== undefined)
      throw new AppError({
        code: "INVALID_INPUT",
        message: `${path} has ${hunkCount} hunks, so there is none with index ${unknown.index}. Nothing was changed.`,
      });
    workingTree =
      text === before.text && change.origin === path
        ? undoChanges({ workingTree, paths: [path as FilePath] })
        : replaceContent({ workingTree, path: path as FilePath, bytes: encodeLike({ ...after, text }) });
  }
  return workingTree;
}

function listLeftOut({
  kept,
  held,
  parent,
  contents,
}: {
  kept: readonly FilePath[];
  held: MergedCandidate;
  parent: FileTree;
  contents: FileContents;
}): LeftOutFile[] {
  return kept.map((path) => ({
    path,
    before: readText({ contents, hash: parent.get(path)?.contentHash })?.text ?? null,
    proposed:
      readText({
        contents: new Map([...contents, ...held.newContents]),
        hash: held.tree.get(path)?.contentHash,
      })?.text ?? null,
  }));
}

function readText({ contents, hash }: { contents: FileContents; hash: ContentHash | undefined }): EncodedText | null {
  const bytes = hash === undefined ? undefined : contents.get(hash);
  return bytes === undefined ? null : readEncodedText(bytes);
}

/** The lines of two encodings may need a third one. */
function encodeLike(text: EncodedText): Uint8Array {
  const encoded = encodeTextAs(text);
  return encoded.status === "encoded" ? encoded.bytes : encodeText(text.text);
}

/** A held run is checked again with each decision, so what one check read is cached for the next. */
const contentsOf = new WeakMap<HeldCandidate["candidate"], Map<ContentHash, Uint8Array>>();

function cacheContents({
  held,
  load,
}: {
  held: HeldCandidate["candidate"];
  load: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
}): (hashes: Iterable<ContentHash>) => Promise<FileContents> {
  const cached = contentsOf.get(held) ?? new Map<ContentHash, Uint8Array>(held.parentContents);
  contentsOf.set(held, cached);
  return async (hashes) => {
    const wanted = [...hashes];
    const missing = wanted.filter((hash) => !cached.has(hash));
    if (missing.length > 0) for (const [hash, bytes] of await load(missing)) cached.set(hash, bytes);
    return new Map(
      wanted.flatMap((hash) => {
        const bytes = cached.get(hash);
        return bytes === undefined ? [] : [[hash, bytes] as const];
      }),
    );
  };
}
