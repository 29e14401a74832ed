import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { openWorkingTree, undoChanges, type WorkingTree } from "#server/core/merge/working-tree.ts";
import type { HeldCandidate } from "./held-candidate.ts";
import type { RunDependencies, RunRequest } from "./ports.ts";

/** The start of a run: the parent, or what an earlier run had finished, as far as the user accepted it. */
type StartingPoint = {
  workingTree: WorkingTree;
  /** Files that the user accepted unchanged: findings about them no longer hold a run. */
  accepted: ReadonlySet<FilePath>;
  /** The remaining work, told to the model beside the request; null for a run that starts on the parent. */
  task: string | null;
};

/** @throws AppError RUN_HOLDS_NOTHING if the continued run had nothing complete */
export async function findStartingPoint({
  request,
  parent,
  dependencies,
}: {
  request: RunRequest;
  parent: FileTree;
  dependencies: RunDependencies;
}): Promise<StartingPoint> {
  const { continues, scope } = request;
  if (continues === null)
    return { workingTree: openWorkingTree({ parent, seen: new Set(), scope }), accepted: new Set(), task: null };
  const held = await dependencies.endedRuns.getHeld(continues.runId);
  const { merged } = held.candidate;
  const pathsBy = (wanted: string) =>
    continues.decisions.flatMap(({ path, decision }) => (decision === wanted ? [path as FilePath] : []));
  const redone = pathsBy("repair");
  const workingTree = undoChanges({ workingTree: merged.workingTree, paths: [...redone, ...pathsBy("keep-parent")] });
  return {
    workingTree: { ...workingTree, seen: new Set(), scope, elisions: "refuse" },
    accepted: new Set(pathsBy("accept")),
    task: describeTask({ held, redone, finished: [...workingTree.changes.keys()] }),
  };
}

function describeTask({
  held,
  redone,
  finished,
}: {
  held: HeldCandidate;
  redone: FilePath[];
  finished: FilePath[];
}): string {
  const done =
    finished.length === 0 ? "" : `\nThese files are finished; leave them as they are: ${finished.join(", ")}.`;
  if (redone.length > 0) {
    const findings = held.issues
      .filter(({ path }) => redone.includes(path))
      .map(({ path, line, message }) => `- ${path}${line === undefined ? "" : `:${line}`}: ${message}`);
    return `An earlier answer to this request damaged these files. They are as they were before it:\n${findings.join("\n")}\nMake the request's change in them once more, with edits of the parts that change, and keep all the rest of them. Change no other file.${done}`;
  }
  const failed = held.candidate.unresolved.map(({ message }) => `\n- ${message}`).join("");
  return `An earlier answer to this request ended before it was complete.${done}${failed === "" ? "" : `\nThese of its changes could not be applied:${failed}`}\nMake only what the request still needs.`;
}
