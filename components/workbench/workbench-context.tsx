"use client";

import { createContext, use, type RefObject } from "react";

/** The functions that parts of a workbench call. */
type WorkbenchActions = {
  /** Unfolds the thread or switches to it, and focuses its prompt. */
  focusComposer: () => void;
  /** Moves the focus from the prompt to the right side; a focus elsewhere does not move. */
  leavePrompt: () => void;
  /** Beside the right side; narrow windows show it in its place, where `isThreadViewed`. */
  isThreadShown: boolean;
  isThreadViewed: boolean;
  toggleThread: () => void;
  promptRef: RefObject<HTMLTextAreaElement | null>;
};

const WorkbenchContext = createContext<WorkbenchActions | null>(null);

export const WorkbenchProvider = WorkbenchContext;

export function useWorkbench(): WorkbenchActions {
  const actions = use(WorkbenchContext);
  if (actions === null) throw new Error("This part stands in a workbench.");
  return actions;
}
