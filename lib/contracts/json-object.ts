import { z } from "zod";
import { isText } from "./text.ts";

type JsonObjectLimits = {
  /** UTF-8 bytes of the object written as JSON. */
  maxBytes: number;
  /** Objects and arrays inside each other, the outermost counted. */
  maxDepth: number;
  /** What a message calls it: `context`. */
  name: string;
};

/** An object of any JSON values, with all names and strings in it checked as text. A violated limit is named. */
export function jsonObject({ maxBytes, maxDepth, name }: JsonObjectLimits) {
  return z.record(z.string(), z.unknown()).superRefine((value, context) => {
    const problem = findProblem({ value, maxDepth });
    if (problem === "depth") {
      context.addIssue({
        code: "custom",
        message: `The ${name} has more than ${maxDepth} levels of objects and lists. Send a flatter one.`,
        params: { limit: `${name}Depth` },
      });
    } else if (problem === "text") {
      context.addIssue({
        code: "custom",
        message: `A name or string in the ${name} is not text: it has a NUL character or half of a surrogate pair.`,
      });
    } else if (new TextEncoder().encode(JSON.stringify(value)).length > maxBytes) {
      context.addIssue({
        code: "custom",
        message: `The ${name} has more than ${maxBytes} bytes as JSON. Put longer material into a file of the project.`,
        params: { limit: `${name}Bytes` },
      });
    }
  });
}

/** Without recursion: the value may be nested deeper than the stack is. */
function findProblem({ value, maxDepth }: { value: object; maxDepth: number }): "depth" | "text" | null {
  const pending: { part: unknown; depth: number }[] = [{ part: value, depth: 1 }];
  let isAllText = true;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { part, depth } = next;
    if (typeof part === "string") isAllText &&= isText(part);
    if (typeof part !== "object" || part === null) continue;
    if (depth > maxDepth) return "depth";
    if (!Array.isArray(part)) isAllText &&= Object.keys(part).every(isText);
    for (const child of Object.values(part)) pending.push({ part: child, depth: depth + 1 });
  }
  return isAllText ? null : "text";
}
