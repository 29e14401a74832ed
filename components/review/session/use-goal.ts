import { useEffect, useInsertionEffect, useState } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { onUserInput } from "../../diff-surface/scroll/user-input.ts";
import type { ReviewNavigation } from "./place/place.ts";
import { PlaceGoal } from "./place-goal.ts";

const settleEveryMs = 150;
const settleForMs = 1_800;

/** Goes to a place, repeatedly while the layout settles: files are measured as they render, which moves those below. */
function settle(go: () => void): () => void {
  const startedAt = performance.now();
  const timer = setInterval(() => {
    go();
    if (performance.now() - startedAt > settleForMs) stop();
  }, settleEveryMs);
  const stop = () => {
    clearInterval(timer);
    stopListening();
  };
  const stopListening = onUserInput(stop);
  return stop;
}

/** Navigates to notes, findings and linked places of a review. `show` shows a hidden file. */
export function useGoal({
  shown,
  navigation,
  show,
}: {
  shown: readonly ReviewFile[];
  navigation: ReviewNavigation;
  show: (path: FilePath) => void;
}): PlaceGoal {
  const [goal] = useState(() => new PlaceGoal());
  useInsertionEffect(() =>
    goal.setPorts({
      isShown: (path) => shown.some((file) => file.path === path),
      show,
      go: ({ path, lines }) => {
        if (lines === null) navigation.showFile(path);
        else if (lines.first === 0) navigation.goToFile(shown.find((file) => file.path === path));
        else navigation.goToPlace(lines);
      },
      settle,
    }),
  );
  useEffect(() => goal.arrive(), [goal, shown]);
  useEffect(() => () => goal.stop(), [goal]);
  return goal;
}
