import type { FilePath } from "#lib/contracts/ids.ts";
import { afterPaint } from "../../diff-surface/scroll/after-paint.ts";
import type { Decision, LineDecision } from "./choices.ts";
import type { DecidingModel, OpenChanges } from "./deciding-model.ts";
import type { DecisionWords } from "./decision-choice.tsx";
import type { DecisionSession } from "./decision-session.ts";
import { canDecideLines, describeTarget, pathsOf, type DecisionTarget } from "./decision-target.ts";

/** The user's actions on changes. */
export function useDecisionActs({
  model,
  changes: { files, patches, causes, problems, wholePaths },
  session,
  words,
}: {
  model: DecidingModel;
  changes: OpenChanges;
  session: DecisionSession;
  words: DecisionWords;
}) {
  const { navigation, aimedAt, aimAt, folding, fileByPath, paths, say } = model;
  const target = findTarget({ model, changes: { files, causes, wholePaths } });
  const decidable = (of: readonly FilePath[]) => of.filter((path) => problems?.has(path) !== true);
  const wordOf = (decision: Decision) =>
    decision === "take" ? words.take.label : decision === "old" ? words.old.label : (words.again?.label ?? "");
  const decideOn = ({ paths: of, decision }: { paths: readonly FilePath[]; decision: Decision }) =>
    session.decide({ paths: decidable(of), decision });
  const decideLines = ({ path, index, decision }: { path: FilePath; index: number; decision: LineDecision }) =>
    session.decideLines({
      path,
      index,
      lineCount: patches.get(path)?.hunks.length ?? 0,
      isMoved: fileByPath.get(path)?.status === "moved",
      decision,
    });
  const decideAt = ({ path, index, decision }: { path: FilePath; index: number; decision: Decision }) => {
    if (decision !== "again" && canDecideLines({ file: fileByPath.get(path), wholePaths }))
      decideLines({ path, index, decision });
    else decideOn({ paths: [path], decision });
  };
  return {
    target,
    decideOn,
    decideAt,
    decide: (decision: Decision) => {
      const of = decidable(pathsOf(target));
      if (of.length === 0) return say("This cannot be decided on");
      if (target.level === "lines") decideAt({ path: target.change.path, index: target.change.index, decision });
      else session.decide({ paths: of, decision });
      say(`${wordOf(decision)}: ${describeTarget(target)}`);
    },
    decideLinesHere: (decision: LineDecision) => {
      if (target.level === "lines") decideLines({ ...target.change, decision });
    },
    undo: () => say(session.undo() ? "The last decision is taken back" : "There is no decision to take back"),
    stepCause: (by: 1 | -1) => {
      const here = causes.findIndex((cause) => cause.paths.some((path) => path === navigation.current?.path)) + 1;
      const next = aimedAt === null ? here : aimedAt + by;
      if (next < 0 || next > causes.length) return say("No other cause that way");
      aimAt(next);
      const cause = causes[next - 1];
      say(describeTarget(cause === undefined ? { level: "all", paths } : { level: "cause", cause }));
    },
    fold: () => {
      const { here } = navigation;
      if (here === null) return;
      const isFolded = folding.folded.has(here.path);
      folding.toggle(here.path);
      say(`${here.path} ${isFolded ? "unfolded" : "folded"}`);
      if (!isFolded) afterPaint(() => navigation.showFile(here.path));
    },
    foldAll: () => folding.fold({ paths, isFolded: paths.some((path) => !folding.folded.has(path)) }),
  };
}

export type DecisionActs = ReturnType<typeof useDecisionActs>;

function findTarget({
  model: { navigation, aimedAt, fileByPath, paths },
  changes: { files, causes, wholePaths },
}: {
  model: DecidingModel;
  changes: Pick<OpenChanges, "files" | "causes" | "wholePaths">;
}): DecisionTarget {
  const { change, current } = navigation;
  const cause = aimedAt === null ? undefined : causes[aimedAt - 1];
  if (cause !== undefined) return { level: "cause", cause };
  if (aimedAt === 0) return { level: "all", paths };
  if (change !== null && canDecideLines({ file: fileByPath.get(change.path), wholePaths }))
    return { level: "lines", change };
  const file = current ?? files[0];
  return file === undefined ? { level: "all", paths } : { level: "file", file };
}
