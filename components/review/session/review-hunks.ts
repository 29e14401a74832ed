import type { FilePath } from "#lib/contracts/ids.ts";
import { copyLink } from "../../ui/copy-link.ts";
import type { HunkActions, HunkTarget } from "../../diff-surface/surface-types.ts";
import { formatLines, type Change, type Place } from "./review-changes.ts";
import type { ReviewNavigation } from "./place.ts";

/** What a person does with one change of a review. `onAddress` resolves when the address says the place. */
export function buildHunkActions({
  navigation,
  changes,
  chosen,
  onToggle,
  onComment,
  onAddress,
}: {
  navigation: ReviewNavigation;
  changes: readonly Change[];
  chosen: HunkActions["chosen"];
  /** Null where no hunk can be the parent's. */
  onToggle: ((target: { path: FilePath; hunk: number }) => void) | null;
  onComment: (place: Place) => void;
  onAddress: (place: { file: FilePath; L: string; c: null }) => Promise<unknown>;
}): HunkActions {
  const withChange =
    (act: (change: Change) => void) =>
    ({ id, hunk }: HunkTarget) => {
      const change = changes.find(({ path, index }) => path === id && index === hunk);
      if (change !== undefined) act(change);
    };
  return {
    current: navigation.currentHunk,
    chosen,
    onToggle: onToggle === null ? null : ({ id, hunk }) => onToggle({ path: id as FilePath, hunk }),
    onComment: withChange(onComment),
    onCopyLink: withChange((change) => {
      navigation.select(change);
      void onAddress({ file: change.path, L: formatLines(change), c: null }).then(copyLink);
    }),
  };
}
