import { isPluralNoun } from "../inflect-noun.ts";
import { isSingleValueNoun } from "./guess-field-type.ts";
import { toSnakeCase } from "./name-case.ts";
import { asksForBehaviour } from "./request-phrases.ts";
import type { PromptLine } from "./split-prompt.ts";

/** The first lines of a list show how to read it, whatever its length is. */
const maxLines = 30;

/**
 * True for a line that only names the application or a group, because each line below it has its own subject: `tables:
 * number, seats`, `drivers have a name`.
 */
export function isTitle({ lines, index }: { lines: readonly PromptLine[]; index: number }): boolean {
  const heading = lines[index];
  if (heading === undefined || !/^[^.!?:,;]{1,60}:?$/.test(heading.text) || asksForBehaviour(heading.text))
    return false;
  const below: PromptLine[] = [];
  for (const line of lines.slice(index + 1, index + 1 + maxLines)) {
    if (line.kind === "heading" || (line.indent <= heading.indent && line.kind !== "bullet")) break;
    if (line.indent > (below[0]?.indent ?? line.indent)) continue;
    below.push(line);
  }
  const isOwn = ({ text }: PromptLine) => {
    const [, name = ""] = /^([\p{L}][\p{L} -]{0,40}?)(?:\s*:\s*\S|\s*\(|\s+(?:have|has)\s)/u.exec(text) ?? [];
    return name !== "" && isPluralNoun(name.toLowerCase()) && !isSingleValueNoun(toSnakeCase(name));
  };
  return below.length > 1 && below.filter(isOwn).length * 2 > below.length;
}
