import type { ObjectId } from "#lib/contracts/ids.ts";

export type RemoteRefs = {
  /** The branch that the repository is at; null where it is at none. */
  current: string | null;
  branches: Map<string, ObjectId>;
  /** Each by the commit that it names in the end, through tag objects. */
  tags: Map<string, ObjectId>;
};

/** What `git ls-remote --symref` lists. */
export function readRemoteRefs(text: string): RemoteRefs {
  const refs: RemoteRefs = { current: null, branches: new Map(), tags: new Map() };
  for (const line of text.split("\n")) {
    const [, current] = /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line) ?? [];
    if (current !== undefined) refs.current = current;
    const [, id = "", kind, name = ""] = /^([0-9a-f]{40})\trefs\/(heads|tags)\/(\S+)$/.exec(line) ?? [];
    if (kind === "heads") refs.branches.set(name, id as ObjectId);
    // The line of what a tag object names comes after that of the object.
    if (kind === "tags") refs.tags.set(name.replace(/\^\{\}$/, ""), id as ObjectId);
  }
  return refs;
}
