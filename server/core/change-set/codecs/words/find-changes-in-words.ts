import { unreadable } from "../answer-text.ts";
import type { ProjectPaths } from "../paths/project-paths.ts";
import { deletionInWords } from "../refuse-block.ts";
import type { TextProposal, UnreadableProposal } from "../text-proposal.ts";
import { findDeletions } from "./find-deletions.ts";

const start = String.raw`^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*)?(?:(?:i(?:'ve| have)?|we|and|then|also|finally|please|next)[,\s]+)*`;
const article = String.raw`(?:(?:the|die|der|das|le|la|el|o)\s+)?`;
const file = String.raw`(?:(?:file|module|datei|fichier|archivo|arquivo|файл|文件)[:：]?\s*)?`;
const path = '[`"*]*([^\\s`"*]+?)[`"*]*';
const end = String.raw`(?:\s+file)?\s*[.:;!。]?\s*$`;

/** `Rename a to b`, and the same with the verb after the names. */
const moves: readonly RegExp[] = [
  new RegExp(
    String.raw`${start}(?:(?:renamed?|moved?|renomm(?:ez|er|e|é)|déplace[rz]?|renombrar?|mueve|mover?|renomei(?:a|e|ar)|benenne|verschiebe)\b|переименуй(?:те)?|переименовать|重命名)[:*]*\s*${article}${file}${path}\s*(?:->|→|=>|\b(?:to|as|into|in|nach|en|vers|a|como|para)\b|в|为|到)\s*${article}${file}${path}(?:\s+(?:um|umbenennen))?${end}`,
    "iu",
  ),
  new RegExp(String.raw`^\s*(?:[-*+]\s+)?[将把]?\s*${path}\s*(?:重命名为|改名为|移动到)\s*${path}${end}`, "u"),
  new RegExp(String.raw`^\s*(?:[-*+]\s+)?${path}\s*を\s*${path}\s*に(?:リネーム|名前変更|変更|移動)`, "u"),
];

/**
 * Sentences that only delete, rename or move a project file. Prose changes nothing, so such a proposal stays open until
 * a block does it.
 */
export function findChangesInWords({
  lines,
  prose,
  project,
}: {
  lines: readonly string[];
  prose: string;
  project: ProjectPaths;
}): TextProposal[] {
  const spoken = prose.split("\n");
  const placeOf = (text: string) => Math.max(0, lines.indexOf(text));
  const deletions = findDeletions({ lines: spoken, project }).map(({ index, path }) =>
    deletionInWords({ lines, index: placeOf(spoken[index] ?? ""), path }),
  );
  const moved = spoken.flatMap((text) => {
    const index = placeOf(text);
    for (const move of moves) {
      const [, source, destination] = move.exec(text) ?? [];
      const named = source === undefined ? undefined : findNamed({ source, project });
      const isThere = destination !== undefined && project.endsAlike(destination).length > 0;
      if (named !== undefined && destination !== undefined && /[./]/.test(destination) && !isThere)
        return [moveInWords({ lines, index, source: named, destination })];
    }
    return [];
  });
  return [...deletions, ...moved];
}

/** A project file: by its path, or by a unique file name. */
function findNamed({ source, project }: { source: string; project: ProjectPaths }): string | undefined {
  if (project.has(source)) return source;
  const [only, ...more] = /\./.test(source) ? project.endsAlike(source) : [];
  return more.length === 0 ? only : undefined;
}

function moveInWords({
  lines,
  index,
  source,
  destination,
}: {
  lines: readonly string[];
  index: number;
  source: string;
  destination: string;
}): UnreadableProposal {
  return unreadable({
    lines,
    index,
    kind: "command",
    path: source,
    reason: `The text says that ${source} becomes ${destination}, and no block moves it.`,
    advice: "To move it, send a patch with *** Update File and *** Move to.",
  });
}
