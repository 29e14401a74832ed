import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationId, ObjectId } from "#lib/contracts/ids.ts";

/** How a version was made. A pushed one has its original commit's bytes. */
type BornKind = Exclude<GenerationKind, "push">;

type VersionCommit = {
  generationId: GenerationId;
  version: number;
  kind: BornKind;
  prompt: string | null;
  author: "model" | "user";
  /** The model of the version's run; null if no run made it. */
  model: string | null;
  createdAt: Date;
  treeId: ObjectId;
  parentIds: readonly ObjectId[];
};

/** First message lines of versions without a prompt. */
const titles: Record<BornKind, string> = {
  create: "Create the project",
  iterate: "Change the project",
  rollback: "Roll back",
  restore: "Restore files",
  edit: "Edit files",
  accept: "Accept changes",
  merge: "Merge versions",
  import: "Import the project",
};

/**
 * The commit bytes of a version made in Graft. They depend only on immutable facts of the version, so a version has the
 * same commit id on every machine. Every word and byte here is part of ids in users' clones and must never change.
 */
export function encodeVersionCommit(commit: VersionCommit): Uint8Array {
  const date = `${Math.floor(commit.createdAt.getTime() / 1_000)} +0000`;
  const author =
    commit.author === "model" ? `${toName(commit.model ?? "")} <model@graft.invalid>` : "You <you@graft.invalid>";
  const lines = [
    `tree ${commit.treeId}`,
    ...commit.parentIds.map((parentId) => `parent ${parentId}`),
    `author ${author} ${date}`,
    `committer Graft <graft@graft.invalid> ${date}`,
    "",
    toMessage(commit),
  ];
  return Buffer.from(`${lines.join("\n")}\n`, "utf8");
}

/** The prompt, and a last paragraph of trailers in the format of `git interpret-trailers`. */
function toMessage({ generationId, version, kind, prompt, model }: VersionCommit): string {
  const text = (prompt ?? "").replaceAll(/\r\n?/g, "\n").replace(/^\s+|\s+$/g, "");
  const trailers = [
    `Graft-Version: ${version}`,
    `Graft-Generation: ${generationId}`,
    `Graft-Kind: ${kind}`,
    ...(model === null ? [] : [`Graft-Model: ${toName(model)}`]),
  ];
  return `${text === "" ? titles[kind] : text}\n\n${trailers.join("\n")}`;
}

/** A valid git name: one line without the characters that end a name. */
function toName(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this replaces
  const name = text.replaceAll(/[\u0000-\u001f\u007f<>]+/g, " ").replace(/^[\s.,:;"']+|[\s.,:;"']+$/g, "");
  return name === "" ? "model" : name;
}
