import type { GenerationId } from "#lib/contracts/ids.ts";

const dayMs = 86_400_000;

/**
 * The day of each version that is the first of its day in the list, in words and in the user's time zone. `now` is the
 * current time.
 */
export function labelDays({
  versions,
  now,
}: {
  versions: readonly { generationId: GenerationId; createdAt: string }[];
  now: Date;
}): Map<GenerationId, string> {
  const labels = new Map<GenerationId, string>();
  const words = new Map([
    [toDay(now), "Today"],
    // Noon avoids daylight saving changes.
    [toDay(new Date(new Date(now).setHours(12, 0, 0, 0) - dayMs)), "Yesterday"],
  ]);
  let last = "";
  for (const { generationId, createdAt } of versions) {
    const at = new Date(createdAt);
    const day = toDay(at);
    if (day === last) continue;
    last = day;
    labels.set(generationId, words.get(day) ?? formatDay({ at, now }));
  }
  return labels;
}

function toDay(date: Date): string {
  return `${date.getFullYear()} ${date.getMonth()} ${date.getDate()}`;
}

function formatDay({ at, now }: { at: Date; now: Date }): string {
  return at.toLocaleDateString("en", {
    day: "numeric",
    month: "short",
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  });
}
