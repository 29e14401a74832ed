import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";

/** True while the newest run of a project is queued or at work, so that its row will change by itself. */
export function hasActiveRun({ lastRun }: ProjectOutput): boolean {
  return lastRun !== null && isActive(lastRun.status);
}
