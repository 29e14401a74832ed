import type { ObjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { collisionKey } from "../file-path.ts";
import { toRefName } from "./plan-refs.ts";

export type OpenedBranches = {
  main: { name: string; commitId: ObjectId };
  /** The other branches. Each becomes the label of its commit's version. */
  others: { name: string; commitId: ObjectId }[];
  leftOut: { name: string; reason: string }[];
};

/**
 * Decides which branch of a repository becomes the active version, and which others become labels. Null if there is no
 * branch.
 */
export function planOpenedBranches({
  branches,
  current,
}: {
  branches: ReadonlyMap<string, ObjectId>;
  /** The checked-out branch of the repository. */
  current: string | null;
}): OpenedBranches | null {
  const name = [current, "main", "master", ...branches.keys()].find((each) => each !== null && branches.has(each));
  const commitId = branches.get(name ?? "");
  if (name === undefined || name === null || commitId === undefined) return null;
  const plan: OpenedBranches = { main: { name, commitId }, others: [], leftOut: [] };
  const takenCommits = new Map([[commitId, name]]);
  const takenNames = new Set(["main", "head"].map(collisionKey));
  for (const [other, id] of branches) {
    if (other === name) continue;
    const reason = findFault({ name: other, holder: takenCommits.get(id), takenNames });
    if (reason !== null) plan.leftOut.push({ name: other, reason });
    else {
      takenCommits.set(id, other);
      takenNames.add(collisionKey(other));
      plan.others.push({ name: other, commitId: id });
    }
  }
  return plan;
}

function findFault({
  name,
  holder,
  takenNames,
}: {
  name: string;
  holder: string | undefined;
  takenNames: ReadonlySet<string>;
}): string | null {
  if (holder !== undefined) return `it is at the same commit as ${holder}`;
  if (name.length > limits.labelCharacters || toRefName(name) !== name || /^v\d+$/.test(name))
    return "its name cannot be the label of a version";
  const key = collisionKey(name);
  const isInTheWay = [...takenNames].some(
    (taken) => taken === key || taken.startsWith(`${key}/`) || key.startsWith(`${taken}/`),
  );
  return isInTheWay ? "its name is too like that of another branch" : null;
}
