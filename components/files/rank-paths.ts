/** Higher is better; null if the path does not contain the query's characters in order. */
function scorePath({ path, query }: { path: string; query: string }): number | null {
  const text = path.toLowerCase();
  const nameStart = text.lastIndexOf("/") + 1;
  // Tries the file name first, because users mostly type a part of it.
  return (
    scoreFrom({ path, text, query, start: nameStart, bonus: 40 }) ??
    scoreFrom({ path, text, query, start: 0, bonus: 0 })
  );
}

function scoreFrom({
  path,
  text,
  query,
  start,
  bonus,
}: {
  path: string;
  text: string;
  query: string;
  start: number;
  bonus: number;
}): number | null {
  const whole = text.indexOf(query, start);
  if (whole !== -1)
    return (
      bonus +
      100 +
      (whole === start || isWordStart({ path, index: whole }) ? 30 : 0) -
      (text.length - start - query.length) / 10
    );
  let best: number | null = null;
  for (let first = text.indexOf(query[0] ?? "", start); first !== -1; first = text.indexOf(query[0] ?? "", first + 1)) {
    const score = scoreScattered({ path, text, query, first });
    // A later start leaves fewer characters to match the rest.
    if (score === null) break;
    best = Math.max(best ?? 0, score);
  }
  return best === null ? null : bonus + best - (text.length - start) / 10;
}

/** Matches the characters of a query in order, each at its next occurrence; `first` is the index of the first one. */
function scoreScattered({
  path,
  text,
  query,
  first,
}: {
  path: string;
  text: string;
  query: string;
  first: number;
}): number | null {
  let score = 0;
  let at = first;
  let previous = -2;
  for (const character of query) {
    const found = text.indexOf(character, at);
    if (found === -1) return null;
    score += found === previous + 1 ? 4 : isWordStart({ path, index: found }) ? 3 : 0;
    previous = found;
    at = found + 1;
  }
  return score;
}

function isWordStart({ path, index }: { path: string; index: number }): boolean {
  const before = path[index - 1];
  const at = path[index] ?? "";
  return before === undefined || /[/._\- ]/.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(at));
}

/**
 * The paths that match a query, best first: its characters in order, ignoring blanks. An empty query matches every
 * path.
 */
export function rankPaths<Path extends string>({
  paths,
  query,
  limit,
}: {
  paths: readonly Path[];
  query: string;
  limit: number;
}): Path[] {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, "");
  if (wanted === "") return paths.slice(0, limit);
  return paths
    .flatMap((path) => {
      const score = scorePath({ path, query: wanted });
      return score === null ? [] : [{ path, score }];
    })
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
    .slice(0, limit)
    .map(({ path }) => path);
}
