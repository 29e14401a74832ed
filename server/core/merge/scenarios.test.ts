import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeSet as changeSetInput, type ChangeSet } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { parseTextAnswer } from "../change-set/codecs/parse-text-answer.ts";
import {
  readableOperations,
  unreadableProposals,
  type UnreadableProposal,
} from "../change-set/codecs/text-proposal.ts";
import type { OperationFailure } from "../change-set/operation-failure.ts";
import { describeContent } from "../file-content.ts";
import { comparePaths, type FileTree } from "../file-tree.ts";
import { checkConservation } from "../ledger/check-conservation.ts";
import { wholeProject, type ChangeScope } from "./scopes/change-scope.ts";
import { mergeChangeSet } from "./merge-change-set.ts";
import { openWorkingTree } from "./working-tree.ts";

/** The files of a scenario folder beside `before`: `change.json` or `answer.txt`, and `after` or `error.json`. */
type Scenario = { purpose: string; seen?: "all" | "none"; scope?: ChangeScope };
type ExpectedFailure = Pick<OperationFailure, "code"> &
  Partial<Pick<OperationFailure, "path" | "operationIndex" | "editIndex">> & { message?: string; report?: string };
/** The result of an answer that is not only operations to apply. */
type ExpectedAnswer = { answer: UnreadableProposal["kind"] | "empty"; reason?: string; operations?: number };
type Project = { tree: FileTree; contents: Map<ContentHash, Uint8Array> };

const root = join(import.meta.dirname, "__fixtures__");
const folders = readdirSync(root).toSorted();
const scenarios = folders.map((name) => ({ name, ...readJson<Scenario>(join(root, name, "scenario.json")) }));

function readProject(folder: string): Project {
  const paths = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    : [];
  const files = paths
    .toSorted(comparePaths)
    .map((path) => ({ path: path as FilePath, bytes: new Uint8Array(readFileSync(join(folder, path))) }));
  return {
    tree: new Map(files.map(({ path, bytes }) => [path, describeContent(bytes)])),
    contents: new Map(files.map(({ bytes }) => [describeContent(bytes).contentHash, bytes])),
  };
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, "utf8")) as Content;
}

function apply({ parent, changeSet, scenario }: { parent: Project; changeSet: ChangeSet; scenario: Scenario }) {
  const seen = new Set(scenario.seen === "none" ? [] : parent.contents.keys());
  const start = openWorkingTree({ parent: parent.tree, seen, scope: scenario.scope ?? wholeProject });
  return mergeChangeSet({ start, parentContents: parent.contents, changeSet });
}

/** The same with the blocks of every edit in reverse order. */
function reverseBlocks({ operations }: ChangeSet): ChangeSet {
  return {
    operations: operations.map((operation) =>
      operation.type === "edit" ? { ...operation, edits: operation.edits.toReversed() } : operation,
    ),
  };
}

function toHashes(tree: FileTree): Record<string, string> {
  return Object.fromEntries([...tree].map(([path, { contentHash }]) => [path, contentHash]));
}

function expectFailures({ failures, expected }: { failures: OperationFailure[]; expected: ExpectedFailure[] }): void {
  expect(failures).toEqual(
    expected.map(({ message, report, ...rest }) =>
      expect.objectContaining({
        ...rest,
        ...(message === undefined ? {} : { message: expect.stringContaining(message) }),
        ...(report === undefined ? {} : { report: expect.stringContaining(report) }),
      }),
    ),
  );
}

test("there are as many scenarios as the rules need, and their numbers have no gap", () => {
  expect(folders.length).toBeGreaterThanOrEqual(150);
  expect(folders.map((name) => Number(name.slice(0, 3)))).toEqual(folders.map((_, index) => index + 1));
});

test.each(scenarios)("$name: $purpose", ({ name, ...scenario }) => {
  const folder = join(root, name);
  const answerFile = join(folder, "answer.txt");
  const errorFile = join(folder, "error.json");
  const expected = existsSync(errorFile) ? readJson<ExpectedFailure[] | ExpectedAnswer>(errorFile) : null;
  const parent = readProject(join(folder, "before"));
  let changeSet: ChangeSet;
  if (existsSync(answerFile)) {
    const parsed = parseTextAnswer({ text: readFileSync(answerFile, "utf8"), paths: parent.tree.keys() });
    changeSet = { operations: readableOperations(parsed) };
    const unread = unreadableProposals(parsed);
    if (expected !== null && !Array.isArray(expected)) {
      expect(unread.map(({ kind }) => kind)).toEqual(expected.answer === "empty" ? [] : [expected.answer]);
      if (expected.reason !== undefined) expect(unread[0]?.reason).toContain(expected.reason);
      expect(changeSet.operations).toHaveLength(expected.operations ?? 0);
      return;
    }
    expect(unread).toEqual([]);
  } else changeSet = changeSetInput.parse(readJson(join(folder, "change.json")));
  if (expected !== null && !Array.isArray(expected)) throw new Error("Only an answer can be unreadable.");
  const result = apply({ parent, changeSet, scenario });
  if (expected !== null) {
    expect(result.status).toBe("rejected");
    if (result.status === "rejected") expectFailures({ failures: result.failures, expected });
    return;
  }
  const after = readProject(join(folder, "after"));
  expect(result).toMatchObject({ status: "merged" });
  if (result.status !== "merged") return;
  const { tree, newContents, changes, counts } = result.candidate;
  expect(toHashes(tree)).toEqual(toHashes(after.tree));
  for (const [hash, bytes] of newContents) expect(after.contents.get(hash)).toEqual(bytes);
  expect(checkConservation({ parent: parent.tree, tree, changes, counts })).toEqual({ status: "conserved" });

  const reversed = apply({ parent, changeSet: reverseBlocks(changeSet), scenario });
  if (reversed.status === "merged") expect(toHashes(reversed.candidate.tree)).toEqual(toHashes(tree));
});
