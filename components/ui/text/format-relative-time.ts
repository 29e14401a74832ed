const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "just now", "5 min ago", "3 h ago", "2 days ago"; older than a week, the date as YYYY-MM-DD in local time. */
export function formatRelativeTime({ at, now }: { at: Date; now: Date }): string {
  const elapsedMs = now.getTime() - at.getTime();
  if (elapsedMs < minuteMs) return "just now";
  if (elapsedMs < hourMs) return `${Math.floor(elapsedMs / minuteMs)} min ago`;
  if (elapsedMs < dayMs) return `${Math.floor(elapsedMs / hourMs)} h ago`;
  const days = Math.floor(elapsedMs / dayMs);
  if (days === 1) return "1 day ago";
  if (days < 7) return `${days} days ago`;
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}
