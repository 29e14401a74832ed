import type { FencePairs } from "./fences/fence-pairs.ts";
import type { ProjectPaths } from "./paths/project-paths.ts";
import type { TextProposal, UnreadableProposal } from "./text-proposal.ts";

/** An answer as its readers receive it: lines without their endings, and what is known about them. */
export type AnswerText = {
  lines: readonly string[];
  project: ProjectPaths;
  fences: FencePairs;
  /** The model reached its output limit, so the text may end anywhere. */
  isCut: boolean;
};

/** What one reader consumed of the answer; reading continues at line `next`. */
export type ReadPart = {
  proposals: TextProposal[];
  next: number;
  /** Lines that are text for the user. */
  prose?: readonly string[];
  /** The lines that count as above the next block, if they are not simply those after this part. */
  above?: readonly string[];
};

const maxExcerptLength = 160;

export const advice = {
  again: "Send it again, complete.",
  longerFence:
    "Send the file again between fences of four or more back ticks (````), more than any line inside it has, and with no other fence around it.",
  pathLine: "If it is a change, send it again with the path of its file on a line of its own directly above it.",
  wholeOrBlocks:
    "Send the complete text of the file, or search/replace blocks for a part of it, under a line that holds the path alone.",
  blocks: "Send search/replace blocks for it, each with one SEARCH, one divider and one REPLACE line.",
} as const;

/** An unreadable proposal that starts on line `index` of the answer. */
export function unreadable({
  lines,
  index,
  kind,
  path = null,
  toolName,
  reason,
  advice: toDo,
}: {
  lines: readonly string[];
  index: number;
  kind: UnreadableProposal["kind"];
  path?: string | null | undefined;
  toolName?: string | undefined;
  reason: string;
  advice: string;
}): UnreadableProposal {
  const excerpt = lines
    .slice(index, index + 6)
    .map((line) => line.slice(0, maxExcerptLength))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, maxExcerptLength);
  return {
    status: "unreadable",
    kind,
    path,
    ...(toolName === undefined ? {} : { toolName }),
    line: index + 1,
    excerpt,
    reason,
    advice: toDo,
  };
}

/** Joins lines as the text of a file or a block: each line is terminated, and no lines give an empty text. */
export function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
