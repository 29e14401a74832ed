import { useMemo } from "react";
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

/**
 * The listed versions, and the place of each row. `toggledAt` are places whose branches differ from their default:
 * open, or folded if they are rejected answers. `isPathOnly` folds all branches off the active path. The result's
 * `foldedAt` lists the folded places.
 */
export function useShownVersions({
  versions,
  filter,
  ofCommit,
  toggledAt,
  isPathOnly,
}: {
  versions: readonly GenerationOutput[];
  filter: VersionFilter;
  ofCommit: GenerationId | null;
  toggledAt: ReadonlySet<GenerationId>;
  isPathOnly: boolean;
}) {
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
  return { shown, byId, relations, branches, branchNames, hiddenCounts, lanes, days, candidatesAt, foldedAt };
}
