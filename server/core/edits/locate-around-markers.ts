import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import { isElisionMarker } from "../validation/find-elision-markers.ts";
import type { BlockMatch } from "./locate/block-match.ts";
import { locateWholeLines } from "./locate/line-tiers.ts";
import type { TextDocument } from "./text-document.ts";

/**
 * A block that leaves out its middle: where old and new text have the same elision markers in the same order, the
 * pieces between them are located each for itself and what the markers stand for is not touched. Null unless every
 * piece stands in the file exactly, once, and behind the piece before it.
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
    // Nothing in front of the first marker, or behind the last, on both sides: there is nothing to locate.
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
