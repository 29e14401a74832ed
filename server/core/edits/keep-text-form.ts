import { compareLines } from "../diff/compare-lines.ts";
import { openTextDocument } from "./text-document.ts";

/**
 * Gives the content of a whole write the format of the text that it replaces: its byte order mark, the line ending of
 * each kept line, and for new lines the most frequent ending. Content with a carriage return or a byte order mark of
 * its own keeps its format, because the write is then about that. The final line ending stays as written.
 */
export function keepTextForm({ before, content }: { before: string; content: string }): string {
  if (content === "") return "";
  const mark = before.startsWith("\uFEFF") && !content.startsWith("\uFEFF") ? "\uFEFF" : "";
  if (!before.includes("\r\n") || content.includes("\r")) return mark + content;
  const old = openTextDocument(before);
  const current = openTextDocument(content);
  const { removed, added } = compareLines({ before: old.lines, after: current.lines });
  const kept = old.endings.filter((_, line) => removed[line] !== 1).values();
  const endings = current.endings.map((ending, line) => {
    const own = added[line] === 1 ? undefined : kept.next().value;
    return ending === "" ? "" : own === undefined || own === "" ? old.majorityEnding : own;
  });
  return mark + current.lines.map((line, index) => `${line}${endings[index] ?? ""}`).join("");
}
