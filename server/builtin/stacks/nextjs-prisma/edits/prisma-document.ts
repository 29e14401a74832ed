import type { SourceSpan } from "#server/builtin/edits/source-span.ts";
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

/** The blocks of a Prisma schema, parsed line by line; skips everything that is neither a block nor a field. */
export function readPrismaDocument(text: string): PrismaBlock[] {
  const blocks: PrismaBlock[] = [];
  let current: PrismaBlock | null = null;
  let offset = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const opening = /^\s*(\w+)\s+(\w+)\s*\{\s*$/.exec(line);
    if (opening !== null) {
      const kind = opening[1] === "model" || opening[1] === "enum" ? opening[1] : "other";
      current = {
        kind,
        name: opening[2] ?? "",
        start: offset,
        end: offset,
        line: index + 1,
        bodyStart: offset + line.length + 1,
        bodyEnd: offset,
        fields: [],
      };
    } else if (current !== null && /^\s*\}\s*$/.test(line)) {
      blocks.push({ ...current, bodyEnd: offset, end: offset + line.length });
      current = null;
    } else if (current !== null) {
      const field = /^\s*([A-Za-z]\w*)\s*(\S*)\s*(.*?)\s*$/.exec(line);
      if (field !== null && !line.trim().startsWith("//") && !line.trim().startsWith("@@")) {
        current.fields.push({
          name: field[1] ?? "",
          type: field[2] ?? "",
          attributes: field[3] ?? "",
          start: offset,
          end: offset + line.length,
          line: index + 1,
        });
      }
    }
    offset += line.length + 1;
  }
  return blocks;
}

/** Inserts field lines after a field of the model, or at its end if `after` is null. */
export function insertPrismaFields({
  text,
  model,
  after,
  lines,
}: {
  text: string;
  model: PrismaBlock;
  after: PrismaFieldLine | null;
  lines: readonly PrismaLine[];
}): string {
  if (after !== null) return rewriteGroup({ text, model, field: after, toLines: (line) => [line, ...lines] });
  return (
    text.slice(0, model.bodyEnd) +
    lines.map((line) => `${alignFields([line])[0]}\n`).join("") +
    text.slice(model.bodyEnd)
  );
}

/** Replaces a field's line. The text before the field must be unchanged since the model was parsed. */
export function replacePrismaField({
  text,
  model,
  field,
  line,
}: {
  text: string;
  model: PrismaBlock;
  field: PrismaFieldLine;
  line: PrismaLine;
}): string {
  return rewriteGroup({ text, model, field, toLines: () => [line] });
}

/** Removes a field's line, and the blank line of a group that becomes empty. */
export function removePrismaField({
  text,
  model,
  field,
}: {
  text: string;
  model: PrismaBlock;
  field: PrismaFieldLine;
}): string {
  const removed = rewriteGroup({ text, model, field, toLines: () => [] });
  return groupAround({ text, model, field }).length > 1
    ? removed
    : removed.replace(/\n{3,}/g, "\n\n").replace(/\n\n(?=\})/g, "\n");
}

/** Removes a model or an enum, with one of the surrounding blank lines. */
export function removePrismaBlock({ text, block }: { text: string; block: PrismaBlock }): string {
  const before = text.slice(0, block.start).trimEnd();
  const behind = text.slice(block.end).trim();
  return `${[before, behind].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Name, type and attributes of a field. */
type PrismaLine = [name: string, type: string, attributes: string];

/** Aligns the surrounding lines again if they were aligned; otherwise they stay unchanged. */
function rewriteGroup({
  text,
  model,
  field,
  toLines,
}: {
  text: string;
  model: PrismaBlock;
  field: PrismaFieldLine;
  toLines: (line: PrismaLine) => PrismaLine[];
}): string {
  const group = groupAround({ text, model, field });
  const lines = group.map(({ name, type, attributes }): PrismaLine => [name, type, attributes]);
  const start = group[0]?.start ?? field.start;
  const end = group.at(-1)?.end ?? field.end;
  const wasAligned = alignFields(lines).join("\n") === text.slice(start, end);
  const rewritten = group.flatMap((other, index) => {
    const line = lines[index];
    return other === field && line !== undefined
      ? toLines(line).map((changed) =>
          changed === line
            ? { line: changed, source: text.slice(field.start, field.end) }
            : { line: changed, source: alignFields([changed])[0] ?? "" },
        )
      : [{ line: lines[index] ?? ["", "", ""], source: text.slice(other.start, other.end) }];
  });
  if (rewritten.length === 0) return text.slice(0, start) + text.slice(end + 1);
  const insert = wasAligned
    ? alignFields(rewritten.map(({ line }) => line as PrismaLine))
    : rewritten.map(({ source }) => source);
  return text.slice(0, start) + insert.join("\n") + text.slice(end);
}

/** The adjacent fields without a blank line or a comment between. */
function groupAround({
  text,
  model,
  field,
}: {
  text: string;
  model: PrismaBlock;
  field: PrismaFieldLine;
}): PrismaFieldLine[] {
  const index = model.fields.indexOf(field);
  const touches = (a: PrismaFieldLine | undefined, b: PrismaFieldLine | undefined): boolean =>
    a !== undefined && b !== undefined && text.slice(a.end, b.start) === "\n";
  let start = index;
  let end = index;
  while (touches(model.fields[start - 1], model.fields[start])) start -= 1;
  while (touches(model.fields[end], model.fields[end + 1])) end += 1;
  return model.fields.slice(start, end + 1);
}
