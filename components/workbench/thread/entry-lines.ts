import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { toPlainText } from "#lib/markdown/to-plain-text.ts";

/** As many characters fit a line of the narrowest thread. */
const charactersOfLine = 40;

const headPx = 20;
const textLinePx = 18;
const footPx = 18;
const paddingPx = 17;

/** A thread in full, or one line for each entry. */
export type ThreadLook = "full" | "compact";

export type EntryLines = { promptLines: 0 | 1 | 2; wordLines: 0 | 1 | 2 };

/** What an entry shows below its prompt: what the model said or answered, or why the run ended. */
export function entryWords(entry: ThreadEntry): string {
  if (entry.kind === "generation") return entry.summary?.trim() ?? "";
  return entry.answer === null ? (entry.failure?.message ?? "") : toPlainText(entry.answer);
}

/** How many lines the texts of an entry have. Its height follows from them, before anything is drawn. */
export function countEntryLines(entry: ThreadEntry): EntryLines {
  return {
    promptLines: countLines(entry.prompt?.trim() ?? ""),
    wordLines: isAtWork(entry) ? 1 : countLines(entryWords(entry)),
  };
}

export function entryHeightPx({ entry, look }: { entry: ThreadEntry; look: ThreadLook }): number {
  if (look === "compact") return 28;
  const { promptLines, wordLines } = countEntryLines(entry);
  return paddingPx + headPx + textLinePx * (promptLines + wordLines) + footPx;
}

/** A run whose words come while it is shown. */
export function isAtWork(entry: ThreadEntry): boolean {
  return entry.kind === "run" && (entry.status === "QUEUED" || entry.status === "RUNNING");
}

function countLines(text: string): 0 | 1 | 2 {
  if (text === "") return 0;
  return text.length > charactersOfLine || text.includes("\n") ? 2 : 1;
}
