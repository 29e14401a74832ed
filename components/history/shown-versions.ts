import { useMemo, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useToday } from "../ui/text/today.ts";
import { describeRelations } from "./describe-relation.ts";
import { filterVersions, isUnfiltered, type VersionFilter } from "./filter-versions.ts";
import { findBranches, foldBranches } from "./graph/find-branches.ts";
import { findFoldedCandidates, toggleAll } from "./graph/find-folded-candidates.ts";
import { labelDays } from "./label-days.ts";
import { layOutLanes, type LaneRow } from "./graph/lay-out-lanes.ts";
import { listBranch } from "./graph/list-branch.ts";
import { nameBranches } from "./graph/name-branches.ts";

const noDays: ReadonlyMap<GenerationId, string> = new Map();

export type ShownVersions = ReturnType<typeof useShownVersions>;

/**
 * The listed versions, and the place of each row. Branches can be folded at the version where they begin; `isPathOnly`
 * folds all branches off the active path.
 */
export function useShownVersions({
  versions,
  filter,
  ofCommit,
}: {
  versions: readonly GenerationOutput[];
  filter: VersionFilter;
  ofCommit: GenerationId | null;
}) {
  const [isPathOnly, setIsPathOnly] = useState(false);
  // Places whose branches differ from their default: open, or folded if they are rejected answers.
  const [toggledAt, setToggledAt] = useState<ReadonlySet<GenerationId>>(new Set());
  const { branchOf } = filter;
  const byId = useMemo(() => new Map(versions.map((version) => [version.generationId, version])), [versions]);
  const relations = useMemo(() => describeRelations(versions), [versions]);
  const branches = useMemo(() => findBranches(versions), [versions]);
  const branchNames = useMemo(() => nameBranches({ versions, branches }), [versions, branches]);
  const candidatesAt = useMemo(() => findFoldedCandidates({ versions, branches }), [versions, branches]);
  const foldedAt = useMemo(() => toggleAll({ places: candidatesAt, toggled: toggledAt }), [candidatesAt, toggledAt]);
  const ofBranch = useMemo(() => {
    if (branchOf === null) return versions;
    const branch = listBranch({ versions, of: branchOf.generationId });
    return versions.filter(({ generationId }) => branch.has(generationId));
  }, [versions, branchOf]);
  const { shown: inTree, hiddenCounts } = useMemo(
    () => foldBranches({ versions: ofBranch, branches, foldedAt: isPathOnly ? null : foldedAt }),
    [ofBranch, branches, foldedAt, isPathOnly],
  );
  const hasGraph = isUnfiltered(filter);
  const lanes = useMemo(() => {
    // Rows with gaps have no graph.
    if (!hasGraph) return new Map<string, LaneRow>();
    return new Map(
      layOutLanes(
        inTree.map(({ generationId, parentGenerationIds }) => ({ id: generationId, parentIds: parentGenerationIds })),
      ).map((row) => [row.id, row]),
    );
  }, [inTree, hasGraph]);
  const shown = useMemo(() => filterVersions({ versions: inTree, filter, ofCommit }), [inTree, filter, ofCommit]);
  const today = useToday();
  const days = useMemo(
    () => (today === null ? noDays : labelDays({ versions: shown, now: new Date(today) })),
    [today, shown],
  );
  const toggleBranches = (place: GenerationId) => {
    const folded = new Set(isPathOnly ? branches.values() : foldedAt);
    if (!folded.delete(place)) folded.add(place);
    setIsPathOnly(false);
    setToggledAt(toggleAll({ places: candidatesAt, toggled: folded }));
  };
  const toggleBranchOf = (version: GenerationOutput): GenerationOutput | undefined => {
    const place = branches.get(version.generationId);
    if (
      place === undefined ||
      (!hiddenCounts.has(place) &&
        !versions.some(({ generationId }) => generationId !== place && branches.get(generationId) === place))
    )
      return undefined;
    toggleBranches(place);
    return byId.get(place);
  };
  const placeOf = ({ generationId, sourceGenerationId }: GenerationOutput) => ({
    source: sourceGenerationId === null ? null : (byId.get(sourceGenerationId) ?? null),
    lane: lanes.get(generationId) ?? null,
    relation: relations.get(generationId) ?? "",
    branchName: branchNames.get(generationId) ?? null,
    hiddenCount: hiddenCounts.get(generationId) ?? 0,
    day: days.get(generationId) ?? null,
  });
  return {
    shown,
    byId,
    isPathOnly,
    setIsPathOnly,
    /** Folds or unfolds the branches that begin at a version. */
    toggleBranches,
    /** Folds or unfolds the version's own branch. Returns where it begins, or undefined if there is nothing to fold. */
    toggleBranchOf,
    /** What a row shows beside the version itself. */
    placeOf,
  };
}
