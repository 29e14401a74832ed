import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { kindWords } from "../../generation/kind-words.ts";
import { runStatusWord } from "../../run/run-status.tsx";

/** The title of an entry, and its text: the prompt, or how it was made if there is none. */
export function describeEntry(entry: ThreadEntry): { name: string; text: string } {
  if (entry.kind === "run") return { name: runStatusWord(entry.status), text: entry.prompt.trim() };
  const { version, generationKind, prompt, label } = entry;
  const asked = prompt?.trim() ?? "";
  return { name: `v${version}`, text: asked === "" ? (label ?? kindWords[generationKind]) : asked };
}
