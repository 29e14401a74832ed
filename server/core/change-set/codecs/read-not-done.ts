const heading = /^\s*(?:[-*+]\s+|#{1,6}\s+)?(?:\*\*|__)?not done(?:\*\*|__)?\s*:(?:\*\*|__)?\s*(.*?)\s*$/i;
const item = /^\s*(?:[-*+]|\d+[.)])\s+(.+?)\s*$/;
const nothing = /^(?:none|nothing|n\/a|-+|—|\(none\))?[.!]?$/i;

/**
 * The parts of the request that a text answer says it did not do: `NOT DONE: part`, one per line, or that line and a
 * list below it. Reads only the prose around the blocks.
 */
export function readNotDone(prose: string): string[] {
  const parts: string[] = [];
  let isList = false;
  let isFenced = false;
  for (const line of prose.split("\n")) {
    // A fence that is not a change is an example.
    if (/^\s*(?:`{3,}|~{3,})/.test(line)) isFenced = !isFenced;
    if (isFenced) continue;
    const named: string | undefined = heading.exec(line)?.[1];
    const listed: string | undefined = isList ? item.exec(line)?.[1] : undefined;
    isList = named === "" || listed !== undefined || (isList && line.trim() === "");
    const part = named ?? listed;
    if (part !== undefined && !nothing.test(part)) parts.push(part);
  }
  return [...new Set(parts)];
}
