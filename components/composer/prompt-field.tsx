"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { rankPaths } from "../files/rank-paths.ts";
import { cn } from "../ui/class-names.ts";
import { TextArea } from "../ui/text-area.tsx";
import { completeMention, findMention, type Mention } from "./find-mention.ts";

const shownPaths = 8;

/** The field for a prompt. After an `@` it offers the files of the prompt's version, if there is one. */
export function PromptField({
  id,
  describedBy,
  filesOf,
  value,
  placeholder,
  onChange,
  onSubmit,
  fieldRef,
  isDocked = false,
}: {
  id: string;
  describedBy: string;
  filesOf: GenerationId | null;
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
  onSubmit: () => void;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** For the foot of a column: lower, and its list opens upwards. */
  isDocked?: boolean;
}) {
  const trpc = useTRPC();
  const listId = useId();
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
  const isOpen = paths.length > 0;
  const chosen = paths[Math.min(active, paths.length - 1)];

  const look = (field: HTMLTextAreaElement) => {
    // Also while the version is still loading: the user may have stopped typing when it arrives.
    const next =
      field.selectionStart !== field.selectionEnd
        ? null
        : findMention({ text: field.value, cursor: field.selectionStart });
    if (next?.start !== mention?.start || next?.query !== mention?.query) {
      setMention(next);
      setActive(0);
    }
  };
  const complete = (path: string) => {
    if (mention === null) return;
    const { text, cursor } = completeMention({ text: value, mention, path });
    // Rendering a new value moves the cursor to the end, so the cursor is set after the render. This must happen within
    // the event, so that the next typed character is inserted there.
    flushSync(() => {
      onChange(text);
      setMention(null);
    });
    fieldRef.current?.focus();
    fieldRef.current?.setSelectionRange(cursor, cursor);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      return onSubmit();
    }
    if (!isOpen || event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((Math.min(active, paths.length - 1) + step + paths.length) % paths.length);
    } else if (
      chosen !== undefined &&
      ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey))
    ) {
      event.preventDefault();
      complete(chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      setMention(null);
    }
  };

  return (
    <div className="relative">
      <TextArea
        id={id}
        ref={fieldRef}
        value={value}
        placeholder={placeholder}
        aria-describedby={describedBy}
        {...(filesOf === null ? {} : { "aria-autocomplete": "list" as const })}
        {...(isOpen
          ? { "aria-controls": listId, "aria-activedescendant": `${listId}-${Math.min(active, paths.length - 1)}` }
          : {})}
        onChange={(event) => {
          onChange(event.target.value);
          look(event.target);
        }}
        onSelect={(event) => look(event.currentTarget)}
        onBlur={() => setMention(null)}
        onKeyDown={onKeyDown}
        className={cn("w-full text-base", isDocked && "max-h-48! min-h-14!")}
      />
      {isOpen && (
        <div
          id={listId}
          role="listbox"
          aria-label="Files"
          className={cn(
            "absolute inset-x-0 z-20 max-h-72 overflow-y-auto rounded-md border bg-raised p-1 shadow-raised",
            isDocked ? "bottom-full mb-1" : "top-full mt-1",
          )}
        >
          {paths.map((path, index) => (
            // The field keeps the focus and has the keys.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={path}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={path === chosen}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => complete(path)}
              className={cn(
                "flex min-h-8 cursor-default items-center truncate rounded-sm px-2 font-mono text-xs",
                path === chosen && "bg-hover",
              )}
            >
              {path}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
