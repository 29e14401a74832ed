import { unreadable } from "./answer-text.ts";
import type { ProjectPaths } from "./paths/project-paths.ts";
import { deletionInWords } from "./refuse-block.ts";
import type { TextProposal, UnreadableProposal } from "./text-proposal.ts";

const start = String.raw`^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*)?(?:(?:i(?:'ve| have)?|we|and|then|also|finally|please|next)[,\s]+)*`;
const article = String.raw`(?:(?:the|die|der|das|le|la|el|o)\s+)?`;
const file = String.raw`(?:(?:file|module|datei|fichier|archivo|arquivo|файл|文件)[:：]?\s*)?`;
const path = '[`"*]*([^\\s`"*]+?)[`"*]*';
const end = String.raw`(?:\s+file)?\s*[.:;!。]?\s*$`;

const deletion = new RegExp(
  String.raw`${start}(?:(?:delete|remove|deleted|removed|löschen?|entfernen?|supprimez|supprimer|eliminar?|borra|apague|exclua)\b|удалите?|删除|削除)[:*]*\s*${article}(?:(?:old|now|unused|unneeded|obsolete|empty|entire|whole|existing)[\s-]+)*${file}${path}${end}`,
  "i",
);

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
  return prose.split("\n").flatMap((text) => {
    const index = Math.max(0, lines.indexOf(text));
    const deleted = deletion.exec(text)?.[1];
    if (deleted !== undefined && project.has(deleted)) return [deletionInWords({ lines, index, path: deleted })];
    for (const move of moves) {
      const [, source, destination] = move.exec(text) ?? [];
      const named = source === undefined ? undefined : findNamed({ source, project });
      if (named !== undefined && destination !== undefined && /[./]/.test(destination))
        return [moveInWords({ lines, index, source: named, destination })];
    }
    return [];
  });
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
