import type { SourceSpan } from "../../../edits/source-span.ts";
import { alignFields } from "../prisma-types.ts";

export type PrismaFieldLine = SourceSpan & { name: string; type: string; attributes: string };

export type PrismaBlock = SourceSpan & {
  kind: "model" | "enum" | "other";
  name: string;
  /** Of the lines between the braces. */
  bodyStart: number;
  bodyEnd: number;
  fields: PrismaFieldLine[];
};

/** The blocks of a Prisma schema, read line by line; what is no block or no field is passed over. */
export function readPrismaDocument(text: string): PrismaBlock[] {
  const blocks: PrismaBlock[] = [];
  let current: PrismaBlock | null = null;
  let offset = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const opening = /^\s*(\w+)\s+(\w+)\s*\{\s*$/.exec(line);
    if (opening !== null) {
      const kind = opening[1] === "model" || opening[1] === "enum" ? opening[1] : "other";
      current = { kind, name: opening[2] ?? "", start: offset, end: offset, line: index + 1, bodyStart: offset + line.length + 1, bodyEnd: offset, fields: [] };
    } else if (current !== null && /^\s*\}\s*$/.test(line)) {
      blocks.push({ ...current, bodyEnd: offset, end: offset + line.length });
      current = null;
    } else if (current !== null) {
      const field = /^\s*([A-Za-z]\w*)\s*(\S*)\s*(.*?)\s*$/.exec(line);
      if (field !== null && !line.trim().startsWith("//") && !line.trim().startsWith("@@")) {
        current.fields.push({ name: field[1] ?? "", type: field[2] ?? "", attributes: field[3] ?? "", start: offset, end: offset + line.length, line: index + 1 });
      }
    }
    offset += line.length + 1;
  }
  return blocks;
}

/**
 * Inserts field lines behind a field of the model, or before its end, and aligns the lines around them again where they
 * were aligned before.
 */
export function insertPrismaFields({ text, model, after, lines }: { text: string; model: PrismaBlock; after: PrismaFieldLine | null; lines: readonly [string, string, string][] }): string {
  const group = after === null ? [] : groupAround({ text, model, field: after });
  const at = after === null ? model.bodyEnd : after.end + 1;
  const asLines = (fields: PrismaFieldLine[]): [string, string, string][] => fields.map(({ name, type, attributes }) => [name, type, attributes]);
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined || after === null || alignFields(asLines(group)).join("\n") !== text.slice(first.start, last.end)) {
    return text.slice(0, at) + lines.map((line) => `${alignFields([line])[0]}\n`).join("") + text.slice(at);
  }
  const index = group.indexOf(after) + 1;
  const merged = [...asLines(group.slice(0, index)), ...lines, ...asLines(group.slice(index))];
  return text.slice(0, first.start) + alignFields(merged).join("\n") + text.slice(last.end);
}

/** Removes a field's line, and aligns the lines around it again where they were aligned before. */
export function removePrismaField({ text, model, field }: { text: string; model: PrismaBlock; field: PrismaFieldLine }): string {
  const group = groupAround({ text, model, field });
  const first = group[0] ?? field;
  const last = group.at(-1) ?? field;
  const asLines = (fields: PrismaFieldLine[]): [string, string, string][] => fields.map(({ name, type, attributes }) => [name, type, attributes]);
  const rest = group.filter((other) => other !== field);
  const wasAligned = alignFields(asLines(group)).join("\n") === text.slice(first.start, last.end);
  if (wasAligned && rest.length > 0) return text.slice(0, first.start) + alignFields(asLines(rest)).join("\n") + text.slice(last.end);
  const removed = text.slice(0, field.start) + text.slice(field.end + 1);
  return rest.length > 0 ? removed : removed.replace(/\n{3,}/g, "\n\n").replace(/\n\n(?=\})/g, "\n");
}

/** The field's neighbours without a blank line or a comment between them. */
function groupAround({ text, model, field }: { text: string; model: PrismaBlock; field: PrismaFieldLine }): PrismaFieldLine[] {
  const index = model.fields.indexOf(field);
  const touches = (a: PrismaFieldLine | undefined, b: PrismaFieldLine | undefined): boolean => a !== undefined && b !== undefined && text.slice(a.end, b.start) === "\n";
  let start = index;
  let end = index;
  while (touches(model.fields[start - 1], model.fields[start])) start -= 1;
  while (touches(model.fields[end], model.fields[end + 1])) end += 1;
  return model.fields.slice(start, end + 1);
}
