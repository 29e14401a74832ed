/** True where a text only gained lines: all that was there still is, in the same order, so nothing of it can be missed. */
export function isPureInsertion({ before, after }: { before: string; after: string }): boolean {
  const wanted = before.split("\n");
  let found = 0;
  for (const line of after.split("\n")) if (line === wanted[found]) found += 1;
  return found === wanted.length;
}
