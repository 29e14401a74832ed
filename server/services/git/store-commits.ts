import type { ContentHash, FilePath, GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { AppError } from "#lib/errors.ts";
import { decodeCommit, type DecodedCommit } from "#server/core/git/decode-commit.ts";
import { emptyFileTree, mayHaveText, type FileEntry, type FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import type { ObjectReader } from "#server/git/object-reader.ts";
import { findAddedSecrets } from "#server/orchestrator/context/find-added-secrets.ts";
import type { SecretReader } from "#server/orchestrator/ports.ts";
import { loadBlobs, loadSoundBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration, getStoredGeneration } from "#server/store/versions/generations.ts";
import { insertPushedCommit } from "#server/store/versions/pushed-commits.ts";
import type { TreeObjects } from "#server/store/contents/tree-objects.ts";
import { PushedTrees, type TreeChanges } from "./pushed-trees.ts";
import { RecentContents } from "./recent-contents.ts";
import { refusePush } from "./refuse-push.ts";

/** A secret in a known format in a commit, by file and line, without its value. */
export type PushedSecret = { commitId: ObjectId; issue: ValidationIssue };

/** Room for four of the largest texts, or for everything that a usual commit changes. */
const recentBytes = 32 * 1_048_576;

/** Applies the tree law to a commit's files. */
const treeFaults: ReadonlySet<string> = new Set(["INVALID_PATH", "NAME_COLLISION", "INPUT_TOO_LARGE", "PUSH_REFUSED"]);

/**
 * Stores commits as versions of kind `push`, each with its ledger against its first parent and its original bytes.
 * `generationIds` maps every commit of the project to its version; the new ones are added to it. Returns the secrets
 * that commits add; each version also stores its own as warnings.
 *
 * @throws AppError PUSH_REFUSED with commit, path and rule
 */
export async function storeCommits({
  transaction,
  treeObjects,
  secrets,
  objects,
  projectId,
  commitIds,
  sizes,
  generationIds,
  onStored,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  secrets: SecretReader;
  objects: ObjectReader;
  projectId: ProjectId;
  /** Each after its parents. */
  commitIds: readonly ObjectId[];
  sizes: ReadonlyMap<ObjectId, number>;
  generationIds: Map<ObjectId, GenerationId>;
  onStored: (count: number) => void;
}): Promise<PushedSecret[]> {
  const pushedSecrets: PushedSecret[] = [];
  const trees = new PushedTrees({ objects, sizes });
  const recent = new RecentContents({ maxBytes: recentBytes });
  const treeIds = new Map<ObjectId, ObjectId>();
  for (const [index, commitId] of commitIds.entries()) {
    const { bytes, commit } = await readCommit({ objects, commitId });
    treeIds.set(commitId, commit.treeId);
    const [firstParentId] = commit.parentIds;
    const before =
      firstParentId === undefined
        ? null
        : (treeIds.get(firstParentId) ?? (await readCommit({ objects, commitId: firstParentId })).commit.treeId);
    try {
      const files = await trees.compare({ before, after: commit.treeId });
      const { generationId, issues } = await storeCommit({
        transaction,
        treeObjects,
        secrets,
        projectId,
        commit,
        files,
        recent,
        generationIds,
      });
      pushedSecrets.push(...issues.map((issue) => ({ commitId, issue })));
      await insertPushedCommit({ transaction, generationId, commitId, bytes });
      generationIds.set(commitId, generationId);
    } catch (error) {
      throw error instanceof AppError && treeFaults.has(error.code) ? nameCommit({ error, commitId, commit }) : error;
    }
    onStored(index + 1);
  }
  return pushedSecrets;
}

async function readCommit({
  objects,
  commitId,
}: {
  objects: ObjectReader;
  commitId: ObjectId;
}): Promise<{ bytes: Uint8Array; commit: DecodedCommit }> {
  const object = await objects.read(commitId);
  if (object?.type !== "commit") throw refusePush(`The commit ${commitId} is missing.`);
  return { bytes: object.body, commit: decodeCommit(object.body) };
}

async function storeCommit({
  transaction,
  treeObjects,
  secrets,
  projectId,
  commit: { parentIds, message },
  files: { changes: treeChanges, contents },
  recent,
  generationIds,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  secrets: SecretReader;
  projectId: ProjectId;
  commit: DecodedCommit;
  files: Awaited<ReturnType<PushedTrees["compare"]>>;
  recent: RecentContents;
  generationIds: ReadonlyMap<ObjectId, GenerationId>;
}): Promise<{ generationId: GenerationId; issues: ValidationIssue[] }> {
  const parentGenerationIds = parentIds.map((parentId) => {
    const parentGenerationId = generationIds.get(parentId);
    if (parentGenerationId === undefined) throw refusePush(`Its parent ${parentId} is not in the project.`);
    return parentGenerationId;
  });
  const parentTree = await loadParentTree({ transaction, treeObjects, generationId: parentGenerationIds[0] });
  const tree = applyChanges({ parentTree, changes: treeChanges });
  const removed = await recent.take({
    hashes: listRemoved({ parentTree, changes: treeChanges }),
    load: async (hashes) => (await loadSoundBlobs({ transaction, hashes })).contents,
  });
  const missing = [...treeChanges.values()].flatMap((entry) =>
    entry !== null && mayHaveText(entry) && !contents.has(entry.contentHash) ? [entry.contentHash] : [],
  );
  const added = await recent.take({ hashes: missing, load: (hashes) => loadBlobs({ transaction, hashes }) });
  recent.add(contents);
  const { changes, counts } = compareTrees({
    parent: parentTree,
    tree,
    contents: new Map([...removed, ...added, ...contents]),
    cause: "push",
  });
  const issues = await findAddedSecrets({
    secrets,
    candidate: { changes, tree, newContents: contents },
    parentContents: removed,
  });
  const { generationId } = await appendGeneration({
    transaction,
    treeObjects,
    generation: {
      projectId,
      kind: "push",
      author: "user",
      prompt: message === "" ? null : message.slice(0, limits.promptBytes).toWellFormed(),
      parentGenerationIds,
      sourceGenerationId: null,
      tree,
      newContents: contents,
      baseContents: removed,
      changes,
      counts,
      issues,
    },
  });
  return { generationId, issues };
}

async function loadParentTree({
  transaction,
  treeObjects,
  generationId,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  generationId: GenerationId | undefined;
}): Promise<FileTree> {
  if (generationId === undefined) return emptyFileTree;
  const { rootTreeHash } = await getStoredGeneration({ transaction, generationId });
  return treeObjects.load({ transaction, rootHash: rootTreeHash });
}

function applyChanges({ parentTree, changes }: { parentTree: FileTree; changes: TreeChanges }): FileTree {
  const tree = new Map<FilePath, FileEntry>(parentTree);
  for (const [path, entry] of changes) {
    if (entry === null) tree.delete(path);
    else tree.set(path, entry);
  }
  return tree;
}

/** Texts that the commit removes: they are needed for line counts, and their successors are stored as differences. */
function listRemoved({ parentTree, changes }: { parentTree: FileTree; changes: TreeChanges }): ContentHash[] {
  return [...changes.keys()].flatMap((path) => {
    const before = parentTree.get(path);
    return before === undefined || !mayHaveText(before) ? [] : [before.contentHash];
  });
}

function nameCommit({
  error,
  commitId,
  commit,
}: {
  error: AppError;
  commitId: ObjectId;
  commit: DecodedCommit;
}): AppError {
  const subject = commit.message.split("\n", 1)[0]?.slice(0, 60) ?? "";
  return new AppError({
    code: "PUSH_REFUSED",
    message: `Commit ${commitId.slice(0, 12)} ${JSON.stringify(subject)}: ${error.message}`,
    details: { ...error.details, commitId },
    cause: error,
  });
}
