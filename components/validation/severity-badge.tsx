import type { IssueSeverity } from "#lib/contracts/versions/validation.ts";
import { Badge, type BadgeTone } from "../ui/badge.tsx";

const styles: Record<IssueSeverity, { word: string; tone: BadgeTone }> = {
  error: { word: "error", tone: "negative" },
  strong: { word: "likely loss", tone: "negative" },
  weak: { word: "possible loss", tone: "caution" },
  warning: { word: "warning", tone: "neutral" },
  info: { word: "note", tone: "neutral" },
};

/** The severity of a finding. */
export function SeverityBadge({ severity }: { severity: IssueSeverity }) {
  const { word, tone } = styles[severity];
  return <Badge tone={tone}>{word}</Badge>;
}
