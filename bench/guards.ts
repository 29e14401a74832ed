import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { structuredPatch } from "diff";
import type { ChangeOperation, TextEdit } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { decodeText, describeContent } from "#server/core/file-content.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { wholeProject } from "#server/core/merge/scopes/change-scope.ts";
import { mergeChangeSet } from "#server/core/merge/merge-change-set.ts";
import { openWorkingTree } from "#server/core/merge/working-tree.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { applyValidators } from "#server/core/validation/apply-validators.ts";
import { outlineSource } from "#server/core/validation/declarations/outline-source.ts";
import { isGeneratedFile } from "#server/core/validation/loss/is-generated-file.ts";
import { summarizeIssues } from "#server/core/validation/summarize-issues.ts";
import { loadValidationInput } from "#server/orchestrator/rules/load-validation-input.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import type { BenchRow } from "./bench-table.ts";
import { GitHistory, type GitChange, type GitCommit } from "./git-history.ts";

/** More commits add little information and take minutes. */
const maxCommits = 300;
/** A commit over this many files is not a single prompt's answer. */
const maxFiles = 60;
const maxFileBytes = 400_000;

/** `isBroken`: the commit itself imports what it removed, so holding it is not a false alarm. */
type Verdict = { isStopped: boolean; isBroken: boolean; reasons: string[] };
type Tally = { stopped: number; broken: number; total: number; reasons: string[] };
type Answer = {
  commit: GitCommit;
  tree: FileTree;
  contents: FileContents;
  operations: ChangeOperation[];
  forgotten?: string;
};

/**
 * Each commit of a history as a model's answer to its subject: written whole, as edits, and written whole with one
 * unchanged declaration missing. The first two are correct, so each that is held or refused is a false alarm; of the
 * third each that passes is an undetected loss.
 */
export async function benchGuards({
  directory,
  isVerbose = false,
}: {
  directory: string;
  isVerbose?: boolean;
}): Promise<BenchRow[]> {
  const sourceParser = await loadSourceParser();
  const rows: BenchRow[] = [];
  for (const repository of listRepositories(directory)) {
    const history = new GitHistory(repository);
    const tallies = { whole: newTally(), edits: newTally(), forgetful: newTally() };
    for (const commit of history.listCommits(maxCommits)) {
      const changes = history.listChanges(commit);
      if (changes.length === 0 || changes.length > maxFiles) continue;
      const parent = await loadParent({ history, commit, changes });
      const whole = await listWholeWrites({ history, changes });
      if (parent === null || whole === null) continue;
      const { tree, contents } = parent;
      const answer = { commit, tree, contents, history, sourceParser };
      await tally({ tally: tallies.whole, answer: { ...answer, operations: whole } });
      await tally({
        tally: tallies.edits,
        answer: { ...answer, operations: toEdits({ operations: whole, tree, contents, changes }) },
      });
      const forgetful = forgetDeclaration({
        operations: whole,
        changes,
        contents,
        sourceParser,
        seed: rows.length + tallies.whole.total,
      });
      if (forgetful !== null) await tally({ tally: tallies.forgetful, answer: { ...answer, ...forgetful } });
    }
    history.close();
    const name = basename(repository) === "repo" ? basename(join(repository, "..")) : basename(repository);
    const formatted = history.lastFormattingCommit();
    const describe = ({ stopped, total }: Pick<Tally, "stopped" | "total">) =>
      `${stopped} of ${total} (${((100 * stopped) / Math.max(1, total)).toFixed(1)} %)`;
    const describeHonest = ({ stopped, broken, total }: Tally) => {
      const rightly = broken === 0 ? "" : `, and ${broken} that import what they took away`;
      return `${describe({ stopped: stopped - broken, total: total - broken })} held${rightly}`;
    };
    const note = formatted === null ? "" : `without the formatting commit ${formatted}; `;
    rows.push(
      {
        name: `guards: ${name}, commits written whole`,
        graft: describeHonest(tallies.whole),
        yardstick: "1.5 %",
        note: `${note}aim at most`,
      },
      {
        name: `guards: ${name}, commits as edits`,
        graft: describeHonest(tallies.edits),
        yardstick: "0.5 %",
        note: `${note}aim at most`,
      },
      {
        name: `guards: ${name}, one declaration forgotten`,
        graft: `${describe(tallies.forgetful)} held`,
        yardstick: "95 %",
        note: `${note}aim at least`,
      },
    );
    if (isVerbose)
      for (const [kind, { reasons }] of Object.entries(tallies))
        for (const reason of reasons) console.log(`${name} ${kind}: ${reason}`);
  }
  return rows;
}

function newTally(): Tally {
  return { stopped: 0, broken: 0, total: 0, reasons: [] };
}

/** The folder itself if it is a repository, else each repository in it. */
function listRepositories(directory: string): string[] {
  const isRepository = (path: string) =>
    [".git", "HEAD"].some((name) => statSync(join(path, name), { throwIfNoEntry: false }) !== undefined);
  if (isRepository(directory)) return [directory];
  return readdirSync(directory)
    .toSorted()
    .flatMap((name) => [join(directory, name), join(directory, name, "repo")])
    .filter(isRepository);
}

async function loadParent({
  history,
  commit,
  changes,
}: {
  history: GitHistory;
  commit: GitCommit;
  changes: readonly GitChange[];
}): Promise<{ tree: FileTree; contents: FileContents } | null> {
  const contents = new Map<ContentHash, Uint8Array>();
  for (const { oldId } of changes) {
    const bytes = oldId === null ? undefined : await history.readContent(oldId);
    if (bytes === null) return null;
    if (bytes !== undefined) contents.set(oldId as ContentHash, bytes);
  }
  const tree = new Map(
    [...history.listFiles(commit.parentId)].map(([path, { id, sizeBytes }]) => {
      const bytes = contents.get(id as ContentHash);
      const isBinary = bytes !== undefined && decodeText(bytes) === null;
      return [
        path as FilePath,
        { ...describeContent(new Uint8Array()), contentHash: id as ContentHash, sizeBytes, isBinary },
      ];
    }),
  );
  return { tree, contents };
}

async function listWholeWrites({
  history,
  changes,
}: {
  history: GitHistory;
  changes: readonly GitChange[];
}): Promise<ChangeOperation[] | null> {
  const operations: ChangeOperation[] = [];
  for (const { path, previousPath, oldId, newId } of changes) {
    if (newId === null) {
      operations.push({ type: "delete", path });
      continue;
    }
    if (oldId !== null && previousPath !== path)
      operations.push({ type: "move", source: previousPath, destination: path });
    if (oldId === newId) continue;
    const bytes = await history.readContent(newId);
    if (bytes === null) return null;
    const text = decodeText(bytes);
    operations.push({
      type: "write",
      path,
      content: text ?? bytes.toString("base64"),
      ...(text === null ? { encoding: "base64" } : {}),
    });
  }
  return operations;
}

/** Writes of existing files, converted to edits whose old text occurs once in the file. */
function toEdits({
  operations,
  contents,
  changes,
}: {
  operations: readonly ChangeOperation[];
  tree: FileTree;
  contents: FileContents;
  changes: readonly GitChange[];
}): ChangeOperation[] {
  return operations.map((operation) => {
    const oldId = changes.find(({ path }) => operation.type === "write" && path === operation.path)?.oldId ?? null;
    const bytes = oldId === null ? undefined : contents.get(oldId as ContentHash);
    const before = bytes === undefined ? null : decodeText(bytes);
    // A lock file is not edited but written whole, as a tool does.
    if (operation.type !== "write" || operation.encoding === "base64" || before === null || before === "")
      return operation;
    if (isGeneratedFile({ path: operation.path, text: before })) return operation;
    const edits = listEdits({ before, after: operation.content });
    return edits === null ? operation : { type: "edit", path: operation.path, edits };
  });
}

function listEdits({ before, after }: { before: string; after: string }): TextEdit[] | null {
  for (const context of [3, 8, 25, 100_000]) {
    const { hunks } = structuredPatch("a", "a", before, after, "", "", { context });
    const edits = hunks.map(({ lines }) => {
      const side = (mark: string) => {
        const own = lines.filter((line) => line.startsWith(mark) || line.startsWith(" ")).map((line) => line.slice(1));
        return own.join("\n");
      };
      return { oldText: side("-"), newText: side("+") };
    });
    const isUnique = edits.every(({ oldText }) => oldText !== "" && before.split(oldText).length === 2);
    // A patch has no line for an added or removed final line ending.
    const isEdit = edits.every(({ oldText, newText }) => oldText !== newText);
    if (isUnique && isEdit && edits.length > 0) return edits;
  }
  return null;
}

/** One unchanged declaration is missing from one file; null if the commit changes no such file. */
function forgetDeclaration({
  operations,
  changes,
  contents,
  sourceParser,
  seed,
}: {
  operations: readonly ChangeOperation[];
  changes: readonly GitChange[];
  contents: FileContents;
  sourceParser: SourceParser;
  seed: number;
}): { operations: ChangeOperation[]; forgotten: string } | null {
  for (const [index, operation] of operations.entries()) {
    if (operation.type !== "write" || operation.encoding === "base64" || operation.content.length > maxFileBytes)
      continue;
    const oldId = changes.find(({ path }) => path === operation.path)?.oldId ?? null;
    const bytes = oldId === null ? undefined : contents.get(oldId as ContentHash);
    const before = bytes === undefined ? null : decodeText(bytes);
    if (before === null) continue;
    const { path, content } = operation;
    const lines = content.split("\n");
    const untouched = outlineSource({ path, text: content, sourceParser }).filter(({ startLine, endLine }) => {
      const body = lines.slice(startLine, endLine + 1).join("\n");
      return endLine > startLine && endLine - startLine < lines.length / 2 && before.includes(`${body}\n`);
    });
    const chosen = untouched[seed % Math.max(1, untouched.length)];
    if (chosen === undefined) continue;
    const kept = [...lines.slice(0, chosen.startLine), ...lines.slice(chosen.endLine + 1)].join("\n");
    return {
      forgotten: `${path} ${chosen.name}`,
      operations: operations.map((other, at) => (at === index ? { type: "write", path, content: kept } : other)),
    };
  }
  return null;
}

async function tally({
  tally: sum,
  answer,
}: {
  tally: Tally;
  answer: Answer & { history: GitHistory; sourceParser: SourceParser };
}): Promise<void> {
  const { isStopped, isBroken, reasons } = await judge(answer);
  sum.total += 1;
  if (isStopped) sum.stopped += 1;
  if (isStopped && isBroken) sum.broken += 1;
  const { id, subject } = answer.commit;
  sum.reasons.push(
    `${!isStopped ? "passed" : isBroken ? "broken" : "held"} ${id.slice(0, 8)} ${subject.slice(0, 90)} | ${answer.forgotten ?? ""} | ${reasons.join(" | ").slice(0, 400)}`,
  );
}

async function judge({
  commit,
  tree,
  contents,
  operations,
  history,
  sourceParser,
}: Answer & { history: GitHistory; sourceParser: SourceParser }): Promise<Verdict> {
  const seen = new Set([...tree.values()].map(({ contentHash }) => contentHash));
  const start = openWorkingTree({ parent: tree, seen, scope: wholeProject });
  const result = mergeChangeSet({ start, parentContents: contents, changeSet: { operations } });
  if (result.status === "rejected")
    return {
      isStopped: true,
      isBroken: false,
      reasons: result.failures.map(({ code, message }) => `${code} ${message}`),
    };
  if (result.candidate.changes.length === 0) return { isStopped: false, isBroken: false, reasons: [] };
  const input = await loadValidationInput({
    merged: result.candidate,
    parent: tree,
    parentContents: contents,
    prompt: commit.subject,
    sourceParser,
    loadContents: async (hashes) => {
      const loaded = new Map<ContentHash, Uint8Array>();
      for (const hash of hashes) {
        const bytes = contents.get(hash) ?? (await history.readContent(hash));
        if (bytes !== null) loaded.set(hash, bytes);
      }
      return loaded;
    },
  });
  const issues: ValidationIssue[] = [...applyValidators(input)].flatMap((each) => each.issues);
  const { outcome, reasons } = summarizeIssues(issues);
  const isBroken = issues.some(
    ({ validator, severity }) => validator === "unresolved-imports" && severity === "strong",
  );
  return { isStopped: outcome === "repair" || outcome === "hold", isBroken, reasons };
}
