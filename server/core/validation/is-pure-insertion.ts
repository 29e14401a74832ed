/** True if a text only gained lines: all previous lines remain in order, so nothing can be missing. */
export function isPureInsertion({ before, after }: { before: string; after: string }): boolean {
  const wanted = before.split("\n");
  let found = 0;
  for (const line of after.split("\n")) if (line === wanted[found]) found += 1;
  return found === wanted.length;
}
