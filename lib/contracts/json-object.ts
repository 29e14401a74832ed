import { z } from "zod";
import { isText } from "./text.ts";

type JsonObjectLimits = {
  /** The size of the object as JSON, in UTF-8 bytes. */
  maxBytes: number;
  /** Nesting depth of objects and arrays; the outermost counts as 1. */
  maxDepth: number;
  /** The name used in error messages: `context`. */
  name: string;
};

/**
 * An object of any JSON values. All names and strings in it are validated as text, and the error names the limit that
 * is exceeded.
 */
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

/** Iterative: the value may be nested deeper than the call stack allows. */
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
