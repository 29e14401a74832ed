import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import { isElisionMarker } from "../validation/find-elision-markers.ts";
import type { BlockMatch } from "./locate/block-match.ts";
import { locateWholeLines } from "./locate/line-tiers.ts";
import type { TextDocument } from "./text-document.ts";

/**
 * Locates a block that omits its middle: if old and new text have the same elision markers in the same order, the
 * pieces between are located separately and the omitted lines stay untouched. Null unless every piece occurs exactly
 * once in the file, after the piece before it.
 */
export function locateAroundMarkers({
  document,
  edit,
}: {
  document: TextDocument;
  edit: TextEdit;
}): BlockMatch[] | null {
  const search = splitAtMarkers(edit.oldText);
  const replace = splitAtMarkers(edit.newText);
  if (search.markers.length === 0 || search.markers.join("\n") !== replace.markers.join("\n")) return null;
  const matches: BlockMatch[] = [];
  for (const [index, oldLines] of search.pieces.entries()) {
    const newLines = replace.pieces[index] ?? [];
    // Both sides have nothing before the first marker, or after the last: there is nothing to locate.
    if (oldLines.length === 0 && newLines.length === 0) continue;
    if (oldLines.length === 0) return null;
    const match = locateWholeLines({ document, block: { search: oldLines, replace: newLines } });
    if (match === null || match.start <= (matches.at(-1)?.end ?? -1)) return null;
    matches.push(match);
  }
  return matches.length === 0 ? null : matches;
}

function splitAtMarkers(text: string): { pieces: string[][]; markers: string[] } {
  const pieces: string[][] = [[]];
  const markers: string[] = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    if (!isElisionMarker(line)) pieces.at(-1)?.push(line);
    else {
      markers.push(line.trim());
      pieces.push([]);
    }
  }
  return { pieces, markers };
}
