import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { insertLinesAfter, spliceText } from "#server/builtin/edits/splice-text.ts";
import { readTypescriptModule } from "./typescript-module.ts";

const maxLineLength = 100;

/** Adds names to the module's import of another one, or adds that import after the others. */
export function addTypescriptImport({
  path,
  text,
  names,
  module,
  parser,
}: {
  path: string;
  text: string;
  names: readonly string[];
  module: string;
  parser: SourceParser;
}): string {
  const { imports } = readTypescriptModule({ path, text, parser });
  const existing = imports.find((statement) =>
    new RegExp(`^import\\s*\\{[^}]*\\}\\s*from\\s*["']${module.replace(/[.*+?^$()[\]{}|\\]/g, "\\$&")}["']`).test(
      statement.text,
    ),
  );
  if (existing === undefined) {
    const line = renderImport({ names: [...names], module });
    const last = imports.at(-1);
    return last === undefined ? `${line}\n\n${text}` : insertLinesAfter({ text, offset: last.end, lines: line });
  }
  const given = (/\{([^}]*)\}/.exec(existing.text)?.[1] ?? "")
    .split(",")
    .flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  const missing = names.filter((name) => !given.includes(name));
  if (missing.length === 0) return text;
  const isSorted = given.every((name, index) => index === 0 || (given[index - 1] ?? "") <= name);
  const all = [...given, ...missing];
  return spliceText({
    text,
    start: existing.start,
    end: existing.end,
    insert: renderImport({ names: isSorted ? all.sort() : all, module }),
  });
}

function renderImport({ names, module }: { names: string[]; module: string }): string {
  const oneLine = `import { ${names.join(", ")} } from "${module}";`;
  return oneLine.length <= maxLineLength
    ? oneLine
    : `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${module}";`;
}
