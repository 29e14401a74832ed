/** Returns the file's indentation for a block's indentation; null if the learned rule does not cover it. */
type IndentMap = (indent: string) => string | null;

/**
 * Learns how a block's indentation maps to the file's, from lines that are equal except for it: a uniform shift in
 * either direction, or tabs versus spaces. Depths that no line showed are only covered if two lines of different depth
 * were seen and every rule that explains them agrees. Null if no rule explains the lines.
 */
export function learnIndentMap({ from, to }: { from: readonly string[]; to: readonly string[] }): IndentMap | null {
  const pairs = new Map<string, string>();
  for (const [index, line] of from.entries()) {
    const other = to[index] ?? "";
    if (line.trim() === "" || other.trim() === "") continue;
    const source = readIndent(line);
    const target = readIndent(other);
    const known = pairs.get(source);
    if (known !== undefined && known !== target) return null;
    pairs.set(source, target);
  }
  const rules = listRules([...pairs]);
  if (rules.length === 0) return null;
  return (indent) => {
    const seen = pairs.get(indent);
    if (seen !== undefined || pairs.size < 2) return seen ?? null;
    const [target, other] = new Set(rules.map((rule) => rule(indent)));
    return other === undefined ? (target ?? null) : null;
  };
}

function listRules(pairs: [string, string][]): IndentMap[] {
  const [first] = pairs;
  if (first === undefined) return [];
  return [...listShifts(first), ...listUnitRules()].filter((rule) => pairs.every(([from, to]) => rule(from) === to));
}

function listShifts([source, target]: [string, string]): IndentMap[] {
  const rules: IndentMap[] = [];
  if (target.endsWith(source)) {
    const added = target.slice(0, target.length - source.length);
    rules.push((indent) => `${added}${indent}`);
  }
  if (source.endsWith(target)) {
    const removed = source.slice(0, source.length - target.length);
    rules.push((indent) => (indent.startsWith(removed) ? indent.slice(removed.length) : null));
  }
  return rules;
}

const units = ["\t", "  ", "   ", "    ", "        "];

/**
 * One indentation step of the block, a tab or some spaces, is one step of the file: `\t` for four spaces, two for four.
 */
function listUnitRules(): IndentMap[] {
  return units.flatMap((from) =>
    units.flatMap((to) =>
      from === to
        ? []
        : [
            (indent: string) => {
              const count = indent.length / from.length;
              return Number.isInteger(count) && from.repeat(count) === indent ? to.repeat(count) : null;
            },
          ],
    ),
  );
}

export function readIndent(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}
