import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { toPlainText } from "#lib/markdown/to-plain-text.ts";

/** The number of characters in a line of the narrowest thread. */
const charactersOfLine = 40;

const headPx = 20;
const textLinePx = 18;
const footPx = 18;
const attachmentsPx = 24;
const paddingPx = 17;

/** A thread in full, or one line per entry. */
export type ThreadLook = "full" | "compact";

type EntryLines = { promptLines: 0 | 1 | 2; wordLines: 0 | 1 | 2 };

/** An entry's text below its prompt: the model's answer, or why the run ended. */
export function entryWords(entry: ThreadEntry): string {
  if (entry.kind === "generation") return entry.summary?.trim() ?? "";
  return entry.answer === null ? (entry.failure?.message ?? "") : toPlainText(entry.answer);
}

/** The number of lines in an entry's texts. Its height follows from it before rendering. */
export function countEntryLines(entry: ThreadEntry): EntryLines {
  return {
    promptLines: countLines(entry.prompt?.trim() ?? ""),
    wordLines: isAtWork(entry) ? 1 : countLines(entryWords(entry)),
  };
}

export function entryHeightPx({ entry, look }: { entry: ThreadEntry; look: ThreadLook }): number {
  if (look === "compact") return 28;
  const { promptLines, wordLines } = countEntryLines(entry);
  const attachedPx = entry.attachments.length === 0 ? 0 : attachmentsPx;
  return paddingPx + headPx + textLinePx * (promptLines + wordLines) + attachedPx + footPx;
}

/** A run whose text streams while it is shown. */
export function isAtWork(entry: ThreadEntry): boolean {
  return entry.kind === "run" && (entry.status === "QUEUED" || entry.status === "RUNNING");
}

function countLines(text: string): 0 | 1 | 2 {
  if (text === "") return 0;
  return text.length > charactersOfLine || text.includes("\n") ? 2 : 1;
}
