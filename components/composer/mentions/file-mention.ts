import { useQuery } from "@tanstack/react-query";
import { useState, type KeyboardEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { rankPaths } from "../../files/rank-paths.ts";
import { completeMention, findMention, type Mention } from "./find-mention.ts";

const shownPaths = 8;

/**
 * The files that fit a name being typed after an `@`, and the one that the keys have reached. `filesOf` is the version
 * whose files are offered; null offers none.
 */
export function useFileMention({
  filesOf,
  text,
  onChange,
  fieldRef,
}: {
  filesOf: GenerationId | null;
  text: string;
  onChange: (text: string) => void;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const trpc = useTRPC();
  const [mention, setMention] = useState<Mention | null>(null);
  const [active, setActive] = useState(0);
  const { data } = useQuery(
    trpc.generation.files.queryOptions(
      { generationId: filesOf ?? ("" as GenerationId) },
      { staleTime: Number.POSITIVE_INFINITY, enabled: mention !== null && filesOf !== null },
    ),
  );
  const paths =
    mention === null || filesOf === null
      ? []
      : rankPaths({ paths: data?.items.map(({ path }) => path) ?? [], query: mention.query, limit: shownPaths });
  const activeIndex = Math.min(active, paths.length - 1);
  const chosen = paths[activeIndex];

  const complete = (path: string) => {
    if (mention === null) return;
    const completed = completeMention({ text, mention, path });
    // Rendering a new value moves the cursor to the end, so the cursor is set after the render. This must happen within
    // the event, so that the next typed character is inserted there.
    flushSync(() => {
      onChange(completed.text);
      setMention(null);
    });
    fieldRef.current?.focus();
    fieldRef.current?.setSelectionRange(completed.cursor, completed.cursor);
  };
  return {
    paths,
    activeIndex,
    complete,
    close: () => setMention(null),
    /** For each change of the field's text or cursor. */
    look: (field: HTMLTextAreaElement) => {
      // Also while the version is still loading: the user may have stopped typing when it arrives.
      const next =
        field.selectionStart !== field.selectionEnd
          ? null
          : findMention({ text: field.value, cursor: field.selectionStart });
      if (next?.start !== mention?.start || next?.query !== mention?.query) {
        setMention(next);
        setActive(0);
      }
    },
    /** Moves in the list, picks from it or closes it. */
    onKeyDown: (event: KeyboardEvent) => {
      if (paths.length === 0 || event.nativeEvent.isComposing) return;
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const isPick = (event.key === "Enter" || event.key === "Tab") && !event.shiftKey;
      if (step !== 0) setActive((activeIndex + step + paths.length) % paths.length);
      else if (isPick && chosen !== undefined) complete(chosen);
      else if (event.key === "Escape") setMention(null);
      else return;
      event.preventDefault();
    },
  };
}
