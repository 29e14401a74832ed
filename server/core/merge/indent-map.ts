/** Gives the indentation that a line of the new text gets in the file; null where the learned rule does not say. */
export type IndentMap = (line: string) => string | null;

/**
 * Learns how a block's indentation became the file's, from lines that are equal but for it: a uniform shift to either
 * side, or a change of tabs and spaces. Null where the lines contradict each other.
 */
export function learnIndentMap({ from, to }: { from: string[]; to: string[] }): IndentMap | null {
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
  const rule = findRule([...pairs]);
  return (line) => {
    if (line.trim() === "") return line;
    const source = readIndent(line);
    const target = pairs.get(source) ?? rule?.(source) ?? null;
    return target === null ? null : `${target}${line.slice(source.length)}`;
  };
}

function findRule(pairs: [string, string][]): ((indent: string) => string | null) | null {
  const [first] = pairs;
  if (first === undefined) return null;
  const [source, target] = first;
  if (target.endsWith(source)) {
    const added = target.slice(0, target.length - source.length);
    if (pairs.every(([from, to]) => to === `${added}${from}`)) return (indent) => `${added}${indent}`;
  }
  if (source.endsWith(target)) {
    const removed = source.slice(0, source.length - target.length);
    if (pairs.every(([from, to]) => from === `${removed}${to}`))
      return (indent) => (indent.startsWith(removed) ? indent.slice(removed.length) : null);
  }
  return findUnitRule(pairs);
}

/** One step of the block, a tab or some spaces, is one step of the file: `\t` for four spaces, two for four. */
function findUnitRule(pairs: [string, string][]): ((indent: string) => string | null) | null {
  const deepest = pairs.reduce((a, b) => (b[0].length > a[0].length ? b : a));
  for (const unit of ["\t", "  ", "    ", "   ", "        "]) {
    const depth = countUnits(deepest[0], unit);
    if (depth === null || depth === 0 || deepest[1].length % depth !== 0) continue;
    const targetUnit = deepest[1].slice(0, deepest[1].length / depth);
    const apply = (indent: string): string | null => {
      const count = countUnits(indent, unit);
      return count === null ? null : targetUnit.repeat(count);
    };
    if (pairs.every(([from, to]) => apply(from) === to)) return apply;
  }
  return null;
}

function countUnits(indent: string, unit: string): number | null {
  return indent.length % unit.length === 0 && unit.repeat(indent.length / unit.length) === indent
    ? indent.length / unit.length
    : null;
}

function readIndent(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}
