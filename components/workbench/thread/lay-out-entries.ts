import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { layOutLanes, type LaneRow } from "../../history/graph/lay-out-lanes.ts";
import { entryId } from "./thread-entries.ts";

/** The graph of a thread, newest entry first. A run without a version is attached to its base version. */
export function layOutEntries(entries: readonly ThreadEntry[]): Map<string, LaneRow> {
  return new Map(
    layOutLanes(entries.map((entry) => ({ id: entryId(entry), parentIds: parentsOf(entry) }))).map((row) => [
      row.id,
      row,
    ]),
  );
}

function parentsOf(entry: ThreadEntry): readonly string[] {
  if (entry.kind === "generation") return entry.parentGenerationIds;
  return entry.parentGenerationId === null ? [] : [entry.parentGenerationId];
}
