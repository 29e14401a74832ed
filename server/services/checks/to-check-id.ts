import { createHash } from "node:crypto";
import type { CheckId } from "#lib/contracts/versions/check.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";

/** A check is identified by its name: its history stays when its command changes. */
export function toCheckId({ projectId, name }: { projectId: ProjectId; name: string }): CheckId {
  return createHash("sha256").update(`${projectId}\n${name}`).digest("hex").slice(0, 32) as CheckId;
}
