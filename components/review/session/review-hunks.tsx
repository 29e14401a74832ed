import { Check, Link2, MessageSquarePlus, Undo2 } from "lucide-react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { HunkAction, HunkActions, HunkTarget } from "../../diff-surface/surface-types.ts";
import { copyLink } from "../../ui/text/copy-link.ts";
import type { KeepWords } from "../decisions/keep-words.ts";
import type { ReviewNavigation } from "./place/place.ts";
import { formatLines, type Change, type Place } from "./review-changes.ts";

/** The user's actions on one change of a review. `onAddress` resolves when the address contains the place. */
export function buildHunkActions({
  navigation,
  changes,
  old,
  words,
  onToggle,
  onComment,
  onAddress,
}: {
  navigation: ReviewNavigation;
  changes: readonly Change[];
  old: HunkActions["old"];
  words: KeepWords;
  /** Null if no hunk can be restored. */
  onToggle: ((target: { path: FilePath; hunk: number }) => void) | null;
  onComment: (place: Place) => void;
  onAddress: (place: { file: FilePath; L: string; c: null }) => Promise<unknown>;
}): HunkActions {
  const copy = (change: Change) => {
    navigation.select(change);
    void onAddress({ file: change.path, L: formatLines(change), c: null }).then(copyLink);
  };
  const toKeep = ({ id, hunk }: HunkTarget): HunkAction[] => {
    if (onToggle === null) return [];
    const isOld = old.get(id)?.has(hunk) === true;
    const act = () => onToggle({ path: id as FilePath, hunk });
    return isOld
      ? [{ label: words.take, name: `${words.take}: these lines`, icon: <Check aria-hidden />, act }]
      : [{ label: words.keep, name: `${words.keep}: these lines`, icon: <Undo2 aria-hidden />, act }];
  };
  return {
    current: navigation.currentHunk,
    old,
    bar: words.bar,
    list: (target) => {
      const change = changes.find(({ path, index }) => path === target.id && index === target.hunk);
      return change === undefined
        ? []
        : [
            {
              label: "Comment",
              name: "Comment on this change",
              icon: <MessageSquarePlus aria-hidden />,
              act: () => onComment(change),
            },
            ...toKeep(target),
            {
              label: "Copy link",
              name: "Copy the link to this change",
              icon: <Link2 aria-hidden />,
              act: () => copy(change),
            },
          ];
    },
  };
}
