"use client";

import { createContext, use, type RefObject } from "react";

/** What the parts of a workbench ask of it. */
export type WorkbenchActions = {
  /** Shows the thread where it is folded or out of sight, and puts the focus on its prompt. */
  focusComposer: () => void;
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
