import type { ObjectId } from "#lib/contracts/ids.ts";
import { collisionKey } from "#server/core/file-path.ts";

type RefVersion = {
  version: number;
  commitId: ObjectId;
  label: string | null;
  /** The active version of the project. */
  isHead: boolean;
  /** No version was made from it. */
  isTip: boolean;
};

/**
 * The refs of a project's history: `refs/heads/main` at the active version, a branch at every other tip, a tag for
 * every label, and `refs/graft/v<N>` for every version. Names that differ only by case, or of which one is a directory
 * of the other, cannot be in one clone: the later version's name gets its number.
 */
export function planRefs(versions: readonly RefVersion[]): ReadonlyMap<string, ObjectId> {
  const refs = new Map<string, ObjectId>();
  const branches = new RefNames(["HEAD"]);
  const tags = new RefNames([]);
  for (const { version, commitId, isHead } of versions) {
    refs.set(`refs/graft/v${version}`, commitId);
    if (isHead) refs.set(`refs/heads/${branches.take({ name: "main", version })}`, commitId);
  }
  const otherTips = versions.filter(({ isHead, isTip }) => isTip && !isHead);
  for (const { version, commitId, label } of otherTips)
    if (toRefName(label) === null) refs.set(`refs/heads/${branches.take({ name: `v${version}`, version })}`, commitId);
  for (const { version, commitId, label } of otherTips) {
    const name = toRefName(label);
    if (name !== null) refs.set(`refs/heads/${branches.take({ name, version })}`, commitId);
  }
  for (const { version, commitId, label } of versions) {
    const name = toRefName(label);
    if (name !== null) refs.set(`refs/tags/${tags.take({ name, version })}`, commitId);
  }
  return refs;
}

/**
 * Refs are files in a clone, and a file name has at most 255 bytes: this leaves room for a number and git's `.lock`.
 */
const segmentBytes = 200;

/** A label as a valid name for `git check-ref-format` and for files on every common disk; null if nothing remains. */
export function toRefName(label: string | null): string | null {
  const segments = (label ?? "")
    .normalize("NFC")
    // oxlint-disable-next-line no-control-regex -- control characters are what this replaces
    .replaceAll(/[\u0000-\u0020\u007f\s~^:?*[\\<>"|]+|@\{/gu, "-")
    .split("/")
    .map(toSegment)
    .filter((segment) => segment !== "");
  const name = segments.join("/");
  return name === "" || name === "@" ? null : name;
}

function toSegment(text: string): string {
  let segment = takeBytes({ text: text.replaceAll(/\.{2,}/g, "."), maxBytes: segmentBytes });
  for (let before = ""; before !== segment;) {
    before = segment;
    segment = segment.replace(/^[.-]+|[.-]+$|\.lock$/gi, "");
  }
  return segment;
}

function takeBytes({ text, maxBytes }: { text: string; maxBytes: number }): string {
  let taken = "";
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    taken += character;
  }
  return taken;
}

/** Names of one kind of ref that do not collide on any disk. */
class RefNames {
  readonly #names = new Set<string>();
  /** Every directory of the names. */
  readonly #directories = new Set<string>();

  constructor(reserved: readonly string[]) {
    for (const name of reserved) this.#add(collisionKey(name));
  }

  /** `name`, or a name made from it and `version` if that one is taken. */
  take({ name, version }: { name: string; version: number }): string {
    for (let free = name; ; free = `${free.replaceAll("/", "-")}-v${version}`) {
      if (this.#isTaken(collisionKey(free))) continue;
      this.#add(collisionKey(free));
      return free;
    }
  }

  #isTaken(key: string): boolean {
    return (
      this.#names.has(key) || this.#directories.has(key) || listParents(key).some((parent) => this.#names.has(parent))
    );
  }

  #add(key: string): void {
    this.#names.add(key);
    for (const parent of listParents(key)) this.#directories.add(parent);
  }
}

function listParents(key: string): string[] {
  const segments = key.split("/");
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
}
