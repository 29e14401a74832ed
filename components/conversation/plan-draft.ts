import { findPlanPaths, readPlanStep } from "#lib/contracts/runs/plan-paths.ts";

/** The steps as edited by the user. A step keeps its `id` when it moves. */
export type DraftStep = { id: number; text: string };

export function draftPlan(steps: readonly string[]): DraftStep[] {
  return steps.map((step, index) => ({ id: index, text: readPlanStep(step) }));
}

export function changeStep({
  steps,
  id,
  text,
}: {
  steps: readonly DraftStep[];
  id: number;
  text: string;
}): DraftStep[] {
  return steps.map((step) => (step.id === id ? { ...step, text } : step));
}

export function cutStep({ steps, id }: { steps: readonly DraftStep[]; id: number }): DraftStep[] {
  return steps.filter((step) => step.id !== id);
}

export function addStep(steps: readonly DraftStep[]): DraftStep[] {
  return [...steps, { id: 1 + Math.max(-1, ...steps.map(({ id }) => id)), text: "" }];
}

/** Moves a step by a number of places, at most to the end. */
export function moveItem<Item>({ items, from, by }: { items: readonly Item[]; from: number; by: number }): Item[] {
  const to = Math.min(Math.max(from + by, 0), items.length - 1);
  const rest = items.filter((_, index) => index !== from);
  const moved = items.slice(from, from + 1);
  return [...rest.slice(0, to), ...moved, ...rest.slice(to)];
}

/** The steps to send: those that are not empty. */
export function readSteps(steps: readonly DraftStep[]): string[] {
  return steps.map(({ text }) => text.trim()).filter((text) => text !== "");
}

/** The files that the steps name, in order without duplicates. */
export function listPlannedFiles(steps: readonly DraftStep[]): string[] {
  return [...new Set(steps.flatMap(({ text }) => findPlanPaths(text)))];
}

/** Parses a stored draft; null if there is none, or if it is unreadable. */
export function parseDraft(stored: string | null): DraftStep[] | null {
  if (stored === null) return null;
  try {
    const texts: unknown = JSON.parse(stored);
    return Array.isArray(texts) && texts.every((text) => typeof text === "string")
      ? texts.map((text, id) => ({ id, text }))
      : null;
  } catch {
    return null;
  }
}

export function formatDraft(steps: readonly DraftStep[]): string {
  return JSON.stringify(steps.map(({ text }) => text));
}
