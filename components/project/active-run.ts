import type { ProjectOutput } from "#lib/contracts/project.ts";
import { isActive } from "#lib/contracts/run-state.ts";

/** True while the newest run of a project is queued or at work, so that its row will change by itself. */
export function hasActiveRun({ lastRun }: ProjectOutput): boolean {
  return lastRun !== null && isActive(lastRun.status);
}
