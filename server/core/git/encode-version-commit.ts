import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationId, ObjectId } from "#lib/contracts/ids.ts";

/** How a version comes to be in Graft. A pushed one has the bytes of its own commit. */
type BornKind = Exclude<GenerationKind, "push">;

export type VersionCommit = {
  generationId: GenerationId;
  version: number;
  kind: BornKind;
  prompt: string | null;
  author: "model" | "user";
  /** The model of the run that the version came from; null where no run was. */
  model: string | null;
  createdAt: Date;
  treeId: ObjectId;
  parentIds: readonly ObjectId[];
};

/** First lines of versions without a prompt. */
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
 * The bytes of the commit of a version that was made in Graft. They come from facts of the version that never change,
 * so one version has one commit id on every machine. Every word and byte here is part of ids that users have in their
 * clones: nothing may change.
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

/** The prompt, and a last paragraph of trailers, which `git interpret-trailers` reads. */
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

/** What git takes as a name: one line without the signs that end it. */
function toName(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this replaces
  const name = text.replaceAll(/[\u0000-\u001f\u007f<>]+/g, " ").replace(/^[\s.,:;"']+|[\s.,:;"']+$/g, "");
  return name === "" ? "model" : name;
}
