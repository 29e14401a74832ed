import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { SearchItem } from "#lib/contracts/versions/search.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ColouredLine } from "../ui/text/coloured-line.tsx";
import { useIsSeen } from "../ui/windows/is-seen.ts";
import { splitRanges } from "../ui/text/split-ranges.ts";

/** With a longer prefix, the first match would not be visible. */
const leadCharacters = 40;

/** A line's number and text in its file's colours, with matches marked. Without the colours it is readable as well. */
export function MatchingLine({
  generationId,
  item: { path, line, text, textStart, isCut, ranges },
}: {
  generationId: GenerationId;
  item: SearchItem;
}) {
  const trpc = useTRPC();
  const element = useRef<HTMLSpanElement>(null);
  const isSeen = useIsSeen(element);
  const { data: colours } = useQuery(
    trpc.generation.fileColours.queryOptions(
      { generationId, path },
      { enabled: isSeen, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  const { parts, isLeadCut } = splitRanges({ text, ranges, leadCharacters });
  return (
    <>
      <span className="w-10 shrink-0 text-right font-mono text-xs text-faint">{line}</span>
      <span ref={element} className="min-w-0 truncate font-mono text-xs whitespace-pre">
        {(textStart > 0 || isLeadCut) && "\u2026"}
        <ColouredLine parts={parts} colours={colours} line={line} textStart={textStart} />
        {isCut && "\u2026"}
      </span>
    </>
  );
}
