import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import { Badge } from "../ui/badge.tsx";
import { describeMark } from "./describe-marks.ts";

const words = { added: "Added", removed: "Removed", renamed: "Renamed", changed: "Changed" } as const;

/** How something differs from the parent's schema; renders nothing if it does not. */
export function ChangeBadge({ change }: { change: SchemaChange | undefined }) {
  if (change === undefined) return null;
  const tone = change.isDestructive ? "negative" : change.change === "added" ? "positive" : "caution";
  const detail = change.change === "added" ? "" : describeMark(change);
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <Badge tone={tone}>{words[change.change]}</Badge>
      {detail !== "" && <span className="text-xs text-muted">{detail}</span>}
    </span>
  );
}
