import { listDeclarations, type Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";
import { cutTexts } from "./list-used-names.ts";
import { escapePattern } from "./escape-pattern.ts";

const script = /\.[cm]?[jt]sx?$/;
const modifiers = String.raw`(?:(?:static|readonly|private|protected|public|declare|override|accessor)\s+)*`;

/**
 * True if a class still does what one of its methods did: a field has the name now, or the fields that a constructor
 * set are initialised.
 */
export function isKeptInClass({
  declaration,
  side,
  input: { sourceParser },
}: {
  declaration: Declaration;
  side: FileSide;
  input: Pick<ValidationInput, "sourceParser">;
}): boolean {
  const { kind, name, owner, startLine } = declaration;
  if (kind !== "member" || owner === undefined || startLine < 0 || side.after === null) return false;
  const isPython = /\.pyi?$/.test(side.path);
  if (!isPython && !script.test(side.path)) return false;
  const now = listDeclarations({ path: side.path, text: side.after, sourceParser }).find(
    (other) => other.kind === "symbol" && other.name === owner,
  );
  if (now === undefined) return false;
  const body = readLines({ text: side.after, declaration: now });
  if (isPython) return new RegExp(String.raw`^\s+self\.${escapePattern(name)}\s*(?::[^=\n]+)?=(?!=)`, "m").test(body);
  if (name === "constructor")
    return isSetInFields({ path: side.path, body, constructor: readLines({ text: side.before, declaration }) });
  return new RegExp(String.raw`^${readIndent(body)}${modifiers}${escapePattern(name)}\s*[!?]?\s*(?:[:;=]|$)`, "m").test(
    body,
  );
}

/** The indentation of a class's members: deeper lines belong to one of them. */
function readIndent(body: string): string {
  const indents = body
    .split("\n")
    .slice(1, -1)
    .flatMap((line) => (line.trim() === "" ? [] : [/^\s*/.exec(line)?.[0] ?? ""]));
  return indents.reduce((shortest, indent) => (indent.length < shortest.length ? indent : shortest), indents[0] ?? "");
}

/**
 * A constructor that only passed its arguments on and set fields, each of which is now initialised at its declaration,
 * or removed.
 */
function isSetInFields({ path, body, constructor }: { path: string; body: string; constructor: string }): boolean {
  const code = cutTexts({ path, text: constructor });
  const [, statements = ""] = /\)\s*\{([^]*)\}\s*$/.exec(code) ?? [];
  const rest = statements
    .replace(/\bsuper\s*\([^;]*\);?/g, "")
    .replace(/\bthis\.#?[\w$]+\s*=(?!=)[^;]*;?/g, "")
    .trim();
  const set = [...code.matchAll(/\bthis\.(#?[\w$]+)\s*=(?!=)/g)].map(([, name = ""]) => name);
  const ofParameters = [...code.matchAll(/\b(?:private|protected|public|readonly)\s+(?:readonly\s+)?([\w$]+)\s*[?:]/g)];
  const names = [...set, ...ofParameters.map(([, name = ""]) => name)];
  if (rest !== "" || names.length === 0) return false;
  return names.every((name) => {
    const escaped = escapePattern(name);
    const isBegun = new RegExp(String.raw`^${readIndent(body)}${modifiers}${escaped}\s*(?::[^=;\n]+)?=(?!=)`, "m").test(
      body,
    );
    return isBegun || !new RegExp(String.raw`(?<![\w$#])${escaped}(?![\w$])`).test(body);
  });
}

function readLines({
  text,
  declaration: { startLine, endLine },
}: {
  text: string | null;
  declaration: Declaration;
}): string {
  return (text ?? "")
    .split("\n")
    .slice(startLine, endLine + 1)
    .join("\n");
}
