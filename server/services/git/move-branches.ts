import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { planRefs, toRefName } from "#server/core/git/plan-refs.ts";
import type { PushCommand } from "#server/git/read-push-commands.ts";
import type { Transaction } from "#server/store/database.ts";
import { listVersionPlaces } from "#server/store/versions/git-history.ts";
import { moveHead, moveLabel } from "#server/store/versions/pushed-commits.ts";
import { refusePush } from "./refuse-push.ts";

/** A validated command: a branch by name, and its new commit. */
export type BranchMove = { name: string; ref: string; oldId: ObjectId | null; newId: ObjectId };

/**
 * The branches that a push moves. Impossible commands are refused before any object is received.
 *
 * @throws AppError PUSH_REFUSED
 */
export function toBranchMoves(commands: readonly PushCommand[]): BranchMove[] {
  return commands.map(({ ref, oldId, newId }) => {
    const name = ref.replace(/^refs\/heads\//, "");
    if (newId === null)
      throw refusePush(`${ref} cannot be deleted: a version is never deleted. Every branch is as it was.`);
    if (ref.startsWith("refs/tags/"))
      throw refusePush(
        `The tag ${ref.slice(10)} cannot be pushed: a tag of Graft is the label of a version, and the message of an annotated tag would be lost. Push branches alone, and label the version in Graft.`,
      );
    if (name === ref) throw refusePush(`${ref} cannot be pushed: Graft takes branches alone.`);
    if (/^v\d+$/.test(name))
      throw refusePush(
        `The branch ${name} is named after its version, and a version never changes. Push to another name: git push origin HEAD:refs/heads/<name>.`,
      );
    if (name.length > limits.labelCharacters || toRefName(name) !== name)
      throw refusePush(
        `The branch ${JSON.stringify(name)} cannot be the label of a version. Push to a plain name of at most ${limits.labelCharacters} characters.`,
      );
    return { name, ref, oldId, newId };
  });
}

/**
 * Sets the active version and the labels of tips according to the branches, then checks that each branch is where the
 * client was told.
 *
 * @throws AppError PUSH_REFUSED
 */
export async function moveBranches({
  transaction,
  projectId,
  moves,
  mainBranch,
  headBefore,
  generationIds,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  moves: readonly BranchMove[];
  /** The branch that becomes the active version. */
  mainBranch: string;
  headBefore: GenerationId | null;
  generationIds: ReadonlyMap<ObjectId, GenerationId>;
}): Promise<void> {
  const take = (commitId: ObjectId) => {
    const generationId = generationIds.get(commitId);
    if (generationId === undefined) throw refusePush(`The commit ${commitId} is not in the project.`);
    return generationId;
  };
  const main = moves.find(({ name }) => name === mainBranch);
  await moveHead({ transaction, projectId, generationId: main === undefined ? headBefore : take(main.newId) });
  const others = moves.filter((move) => move !== main);
  for (const { name, oldId, newId } of others)
    await moveLabel({
      transaction,
      fromGenerationId: oldId === null ? null : (generationIds.get(oldId) ?? null),
      generationId: take(newId),
      label: name,
    });
  const commitIds = new Map([...generationIds].map(([commitId, generationId]) => [generationId, commitId]));
  const places = await listVersionPlaces({ transaction, projectId });
  const refs = planRefs(
    places.flatMap((place) => {
      const commitId = commitIds.get(place.generationId);
      return commitId === undefined ? [] : [{ ...place, commitId }];
    }),
  );
  for (const { name, newId } of others) {
    const isTip = places.some(({ generationId, isTip: tip, isHead }) => tip && !isHead && generationId === take(newId));
    if (isTip && refs.get(`refs/heads/${name}`) !== newId)
      throw refusePush(`The name of the branch ${JSON.stringify(name)} is taken by another. Push to another name.`);
  }
}

/** A branch that was moved concurrently, or that the push would move back. */
export function notFastForward(name: string): AppError {
  return new AppError({
    code: "NOT_FAST_FORWARD",
    message: `${name} has versions that you do not have. Nothing was stored. Run git pull, then push again; or push to another branch: git push origin HEAD:refs/heads/<name>.`,
    details: { branch: name },
  });
}
