import type { ObjectId } from "#lib/contracts/ids.ts";

export type RemoteRefs = {
  /** The checked-out branch; null for a detached HEAD. */
  current: string | null;
  branches: Map<string, ObjectId>;
  /** By the commit that each finally names, through tag objects. */
  tags: Map<string, ObjectId>;
};

/** Parses the output of `git ls-remote --symref`. */
export function readRemoteRefs(text: string): RemoteRefs {
  const refs: RemoteRefs = { current: null, branches: new Map(), tags: new Map() };
  for (const line of text.split("\n")) {
    const [, current] = /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line) ?? [];
    if (current !== undefined) refs.current = current;
    const [, id = "", kind, name = ""] = /^([0-9a-f]{40})\trefs\/(heads|tags)\/(\S+)$/.exec(line) ?? [];
    if (kind === "heads") refs.branches.set(name, id as ObjectId);
    // A peeled tag's line follows the tag object's.
    if (kind === "tags") refs.tags.set(name.replace(/\^\{\}$/, ""), id as ObjectId);
  }
  return refs;
}
