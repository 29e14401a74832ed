import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";

/** True while the newest run of a project is queued or running, so that its row will change without user action. */
export function hasActiveRun({ lastRun }: ProjectOutput): boolean {
  return lastRun !== null && isActive(lastRun.status);
}
