import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ProposedChange } from "#lib/contracts/runs/run.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import type { ReviewPatch } from "../../data/review-patches.ts";
import type { Cause } from "../causes.ts";

/**
 * The changes that a run left out, as files to decide on: each as a whole, because each was proposed as one. Two of the
 * same file are numbered.
 */
export function toLeftOutChanges(proposed: readonly ProposedChange[]): {
  files: ReviewFile[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
  problems: ReadonlyMap<FilePath, string>;
  causes: Cause[];
  indexOf: ReadonlyMap<FilePath, number>;
} {
  const counts = new Map<string, number>();
  const changes = proposed.map((change) => {
    const count = (counts.get(change.path) ?? 0) + 1;
    counts.set(change.path, count);
    return { change, id: (count === 1 ? change.path : `${change.path} (${count})`) as FilePath };
  });
  return {
    files: changes.map(toFile),
    patches: new Map(changes.map(({ change: { patch }, id }) => [id, toPatch({ id, patch })])),
    problems: new Map(changes.flatMap(({ change, id }) => (change.problem === null ? [] : [[id, change.problem]]))),
    causes: [...Map.groupBy(changes, ({ change }) => nameCause(change))].map(([title, of]) => ({
      key: title,
      title,
      paths: of.map(({ id }) => id),
      isDoubtful: false,
    })),
    indexOf: new Map(changes.map(({ change, id }) => [id, change.index])),
  };
}

function nameCause({ path, reason }: ProposedChange): string {
  if (reason === `${path} is locked.`) return "Left out: locked";
  return reason === `${path} is outside the files that this run may change.`
    ? "Left out: outside the files you allowed"
    : "Left out";
}

function toPatch({ id, patch }: { id: FilePath; patch: string }): ReviewPatch {
  return { path: id, patch, hunks: parseHunks(patch), isBinary: false, isTooLarge: false, colours: null };
}

function toFile({ change: { patch, type }, id }: { change: ProposedChange; id: FilePath }): ReviewFile {
  const signs = parseHunks(patch).flatMap(({ lines }) => lines.map(({ sign }) => sign));
  const isNew = /^new file mode/m.test(patch);
  return {
    path: id,
    status: type === "delete" ? "deleted" : type === "move" ? "moved" : isNew ? "added" : "modified",
    additions: signs.filter((sign) => sign === "+").length,
    deletions: signs.filter((sign) => sign === "-").length,
    isBinary: false,
  };
}
