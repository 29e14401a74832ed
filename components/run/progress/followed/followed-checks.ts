import type { JudgedCheck, RunEvent } from "#lib/contracts/runs/run-event.ts";

export type FollowedCheck = {
  name: string;
  status: "queued" | "running" | JudgedCheck["status"];
  /** ISO 8601; set while it runs. */
  startedAt: string | null;
  durationMs: number | null;
  /** Why it could not run, or the limit that ended it. */
  reason: string | null;
  /** The comparison with the parent, after all have ended. */
  judged: JudgedCheck | null;
};

export type FollowedChecks = {
  /** The checks of the candidate in their order. */
  items: readonly FollowedCheck[];
  /** The checks that run on the parent first, because it has no result. */
  parentNames: readonly string[];
};

export const noFollowedChecks: FollowedChecks = { items: [], parentNames: [] };

type ChecksEvent = Extract<RunEvent, { type: "checks.queued" | "project.check" | "checks.judged" }>;

/** Applies the next event to the project's checks of a run's candidate. */
export function followChecks({
  checks: { items, parentNames },
  event,
  at,
}: {
  checks: FollowedChecks;
  event: ChecksEvent;
  at: string;
}): FollowedChecks {
  switch (event.type) {
    case "checks.queued": {
      const begin = (name: string): FollowedCheck => ({ ...unjudged, name, status: "queued" });
      // A new candidate replaces judged checks; a second try of one check keeps the others.
      const kept = items.filter(({ name, judged }) => judged === null && !event.names.includes(name));
      return { items: [...kept, ...event.names.map(begin)], parentNames: event.parentNames };
    }
    case "project.check": {
      const { name, status, durationMs = null, reason = null } = event;
      const startedAt = status === "running" ? at : null;
      const followed: FollowedCheck = { name, status, startedAt, durationMs, reason, judged: null };
      const isKnown = items.some((one) => one.name === name);
      return {
        items: isKnown ? items.map((one) => (one.name === name ? followed : one)) : [...items, followed],
        parentNames,
      };
    }
    case "checks.judged":
      return {
        items: event.checks.map((judged) => ({
          name: judged.name,
          status: judged.status,
          startedAt: null,
          durationMs: judged.durationMs ?? null,
          reason: judged.reason ?? null,
          judged,
        })),
        parentNames: [],
      };
  }
}

const unjudged = { startedAt: null, durationMs: null, reason: null, judged: null };

/** The current activity of the checks in words. */
export function describeFollowedChecks({ items, parentNames }: FollowedChecks): string {
  const running = items.filter(({ status }) => status === "running").map(({ name }) => name);
  if (running.length > 0) return `Checks: ${running.join(", ")}`;
  if (parentNames.length > 0) return `Checks: first those of the parent (${parentNames.join(", ")})`;
  return "Checks: waiting for their turn";
}
