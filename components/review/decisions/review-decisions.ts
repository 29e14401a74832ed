import { useMemo, useSyncExternalStore } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { DecisionSession } from "../deciding/decision-session.ts";
import { storedChoices } from "../deciding/stored-choices.ts";
import type { ReviewPatch } from "../data/review-patches.ts";
import { listKeptOld } from "./kept-old.ts";

/**
 * The user's decisions on a comparison: what is taken and what is kept old. The default is to take everything; the
 * browser stores the decisions until a version is made.
 */
export function useReviewDecisions({
  base,
  head,
  changed,
  patches,
}: {
  base: GenerationId;
  head: GenerationId;
  changed: readonly ReviewFile[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
}) {
  const session = useMemo(() => {
    const paths = changed.map(({ path }) => path);
    return new DecisionSession({
      paths,
      proposed: new Map(paths.map((path) => [path, "take" as const])),
      storage: storedChoices(`${base}.${head}`),
    });
  }, [base, head, changed]);
  const { choices, stepCount } = useSyncExternalStore(session.subscribe, session.getState, session.getProposed);
  const kept = useMemo(
    () => listKeptOld({ choices, lineCountOf: (path) => patches.get(path)?.hunks.length ?? 0 }),
    [choices, patches],
  );
  /** By path, without files that are kept whole. */
  const oldLines = useMemo(
    () => new Map([...kept].flatMap(([path, value]) => (value === "file" ? [] : [[path as string, value] as const]))),
    [kept],
  );
  return { session, kept, oldLines, stepCount };
}

export type ReviewDecisions = ReturnType<typeof useReviewDecisions>;
