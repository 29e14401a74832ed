import type { Node } from "web-tree-sitter";
import type { SyntaxFault } from "./syntax-fault.ts";

/**
 * Errors that Python 3 reports and the grammar accepts: empty bodies, uneven indentation, a lone `try`, `print` as a
 * statement.
 */
export function findPythonLayoutFaults({ root, text }: { root: Node; text: string }): SyntaxFault[] {
  const lines = text.split("\n");
  const faults = [
    ...root.descendantsOfType("block").flatMap((block) => findBlockFaults({ block, lines })),
    ...findUnevenStatements({ statements: listStatements(root), lines, indentation: "" }),
    ...root.descendantsOfType("try_statement").flatMap((statement) => findLoneTry(statement)),
    ...root
      .descendantsOfType(["print_statement", "exec_statement"])
      .map((node) => ({ line: lineOf(node), problem: "this is a statement of Python 2" })),
  ];
  return faults.sort((a, b) => a.line - b.line);
}

function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

function listStatements(block: Node): Node[] {
  return block.namedChildren.filter((child) => child.type !== "comment");
}

function findBlockFaults({ block, lines }: { block: Node; lines: readonly string[] }): SyntaxFault[] {
  const statements = listStatements(block);
  const [first] = statements;
  if (first === undefined)
    return [
      { line: block.parent === null ? lineOf(block) : lineOf(block.parent), problem: "an indented block is missing" },
    ];
  return findUnevenStatements({ statements, lines, indentation: readIndentation({ node: first, lines }) });
}

/** Statements that start a line at a column other than their block's. */
function findUnevenStatements({
  statements,
  lines,
  indentation,
}: {
  statements: readonly Node[];
  lines: readonly string[];
  indentation: string | null;
}): SyntaxFault[] {
  const uneven = statements.find((statement) => {
    const own = readIndentation({ node: statement, lines });
    return own !== null && indentation !== null && own !== indentation;
  });
  return uneven === undefined
    ? []
    : [{ line: lineOf(uneven), problem: "the indentation does not fit the lines above" }];
}

/** The white space before a statement that starts its line; null if other code precedes it. */
function readIndentation({ node, lines }: { node: Node; lines: readonly string[] }): string | null {
  const before = (lines[node.startPosition.row] ?? "").slice(0, node.startPosition.column).replace(/^[\uFEFF\f]+/, "");
  return before.trim() === "" ? before : null;
}

function findLoneTry(statement: Node): SyntaxFault[] {
  const hasHandler = statement.namedChildren.some(
    (child) => child.type.startsWith("except") || child.type === "finally_clause",
  );
  return hasHandler ? [] : [{ line: lineOf(statement), problem: "`try` has neither `except` nor `finally`" }];
}
