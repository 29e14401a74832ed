import type { Node } from "web-tree-sitter";
import type { SourceLanguage, SourceParser } from "../../syntax/source-parser.ts";
import { findPythonLayoutFaults } from "./find-python-layout-faults.ts";
import { hideGrammarGaps } from "./hide-grammar-gaps.ts";
import type { SyntaxFault } from "./syntax-fault.ts";

/** A text with more errors is simply broken. */
const maxFaults = 100;

/**
 * Syntax errors found by the grammar. On valid files: 0 of 2,029 Python files are reported, and of TypeScript and
 * JavaScript only forms that `hideGrammarGaps` does not know (measured).
 */
export function findGrammarFaults({
  language,
  text,
  sourceParser,
}: {
  language: SourceLanguage;
  text: string;
  sourceParser: SourceParser;
}): SyntaxFault[] {
  const faults = sourceParser.withTree({ language, text }, (root) => {
    if (root.hasError) return collectFaults(root);
    return language === "python" ? findPythonLayoutFaults({ root, text }) : findTagFaults(root);
  });
  if (faults.length === 0 || language === "python") return faults;
  const isOnlyGaps = sourceParser.withTree(
    { language, text: hideGrammarGaps(text) },
    (root) => !root.hasError && findTagFaults(root).length === 0,
  );
  return isOnlyGaps ? [] : faults;
}

function collectFaults(root: Node): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const waiting: Node[] = [root];
  while (waiting.length > 0 && faults.length < maxFaults) {
    const node = waiting.pop();
    if (node === undefined) break;
    const line = node.startPosition.row + 1;
    if (node.isMissing)
      faults.push({ line, problem: /^\W+$/.test(node.type) ? `\`${node.type}\` is missing` : "something is missing" });
    else if (node.isError) faults.push(describeError(node));
    else if (node.hasError) waiting.push(...node.children.toReversed());
  }
  return faults;
}

/** JSX elements with a mismatched closing tag: the grammar pairs tags regardless of their names. */
function findTagFaults(root: Node): SyntaxFault[] {
  return root.descendantsOfType("jsx_element").flatMap((element) => {
    const opening = element.childForFieldName("open_tag");
    const closing = element.childForFieldName("close_tag");
    const [opened, closed] = [opening, closing].map((tag) => tag?.childForFieldName("name")?.text ?? "");
    if (closing === null || opened === closed) return [];
    return [{ line: closing.startPosition.row + 1, problem: `\`</${closed}>\` closes \`<${opened}>\`` }];
  });
}

/**
 * An error that covers half a file starts at its top. The unclosed bracket in it, or a nested error, is closer to the
 * cause.
 */
function describeError(error: Node): SyntaxFault {
  let place = error;
  for (;;) {
    const open = findOpenBracket(place);
    if (open !== null) return { line: open.startPosition.row + 1, problem: `\`${open.type}\` is not closed` };
    const inner = place.children.find((child) => child.isError || child.hasError);
    if (inner === undefined) return { line: place.startPosition.row + 1, problem: "this cannot be read" };
    place = inner;
  }
}

const partners: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The last bracket among a node's own tokens that no later token closes. */
function findOpenBracket(node: Node): Node | null {
  const open: Node[] = [];
  for (const child of node.children) {
    if (child.type === "(" || child.type === "[" || child.type === "{") open.push(child);
    else if (child.type in partners && open.at(-1)?.type === partners[child.type]) open.pop();
  }
  return open.at(-1) ?? null;
}
