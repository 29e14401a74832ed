import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { SearchItem } from "#lib/contracts/versions/search.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useIsSeen } from "../ui/windows/is-seen.ts";
import { paintParts } from "./paint-parts.ts";
import { splitRanges } from "./split-ranges.ts";

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
  const painted = colours == null ? parts : paintParts({ parts, colours, line, textStart });
  return (
    <>
      <span className="w-10 shrink-0 text-right font-mono text-xs text-faint">{line}</span>
      <span ref={element} className="min-w-0 truncate font-mono text-xs whitespace-pre">
        {(textStart > 0 || isLeadCut) && "\u2026"}
        {painted.map(({ start, content, isMatch, ...part }) =>
          isMatch ? (
            <mark key={start} className="rounded-xs bg-(--found) text-foreground">
              {content}
            </mark>
          ) : (
            <span
              key={start}
              {...part}
              className="text-[light-dark(var(--diffs-token-light,var(--foreground)),var(--diffs-token-dark,var(--foreground)))]"
            >
              {content}
            </span>
          ),
        )}
        {isCut && "\u2026"}
      </span>
    </>
  );
}
