import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { generationHref, iterateHref, reviewHref } from "#lib/hrefs.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { startTypeAhead } from "../ui/keys/type-ahead.ts";
import { copyLink } from "../ui/text/copy-link.ts";

type HistoryActs = {
  projectId: ProjectId;
  /** Undefined if no version is shown. */
  selected: GenerationOutput | undefined;
  pickedCount: number;
  moveBy: (by: 1 | -1) => void;
  toBranchPoint: (by: 1 | -1) => void;
  select: (version: GenerationOutput) => void;
  pick: (generationId: GenerationId) => void;
  compare: () => void;
  foldBranch: (version: GenerationOutput) => void;
  bookmark: (version: GenerationOutput) => void;
  focusFilter: () => void;
  rollBack: (target: GenerationOutput) => void;
};

/** The keys of the history. They act on the selected version. */
export function useHistoryKeys({
  projectId,
  selected,
  pickedCount,
  moveBy,
  toBranchPoint,
  select,
  pick,
  compare,
  foldBranch,
  bookmark,
  focusFilter,
  rollBack,
}: HistoryActs): void {
  const router = useRouter();
  const startFilter = (event: KeyboardEvent) => {
    event.preventDefault();
    focusFilter();
  };
  useHotkeys({
    j: () => moveBy(1),
    k: () => moveBy(-1),
    n: () => toBranchPoint(1),
    p: () => toBranchPoint(-1),
    x: () => selected !== undefined && pick(selected.generationId),
    e: () => selected !== undefined && foldBranch(selected),
    b: () => selected !== undefined && bookmark(selected),
    i: () => {
      if (selected === undefined) return;
      startTypeAhead();
      router.push(iterateHref({ projectId, generationId: selected.generationId }));
    },
    y: () => {
      if (selected !== undefined) select(selected);
      void copyLink();
    },
    c: () => {
      if (pickedCount === 2) compare();
      else if (selected !== undefined && selected.parentGenerationIds.length > 0)
        router.push(reviewHref({ projectId, generationId: selected.generationId }));
    },
    "Shift+R": () => selected !== undefined && !selected.isHead && rollBack(selected),
    "/": startFilter,
    t: startFilter,
    Enter: (event) => {
      const isElsewhere = event.target instanceof HTMLElement && event.target.closest("a, button") !== null;
      if (!isElsewhere && selected !== undefined)
        router.push(generationHref({ projectId, generationId: selected.generationId }));
    },
  });
}
