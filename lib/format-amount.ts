import { formatCount } from "#lib/format-count.ts";

/** "0.4 s", "12 s", "3 min 05 s", "1 h 02 min". Takes milliseconds. */
export function formatDuration(durationMs: number): string {
  const totalSeconds = Math.max(0, durationMs) / 1_000;
  if (totalSeconds < 9.95) return `${totalSeconds.toFixed(1)} s`;
  const seconds = Math.round(totalSeconds);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${twoDigits(Math.floor((seconds % 3_600) / 60))} min`;
}

/** "12 ms"; "< 1 ms" for less than one. */
export function formatMilliseconds(durationMs: number): string {
  return durationMs < 1 ? "< 1 ms" : `${formatCount(Math.round(durationMs))} ms`;
}

/** "950", "12.3k", "1.2M". */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 999_950) return `${(tokens / 1_000).toFixed(1)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}

/** "$0.03"; below a cent "under $0.01". Takes US dollars. */
export function formatCost(costUsd: number): string {
  if (costUsd === 0) return "$0";
  return costUsd < 0.01 ? "under $0.01" : `$${costUsd.toFixed(2)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
