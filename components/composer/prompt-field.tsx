"use client";

import { useId, type KeyboardEvent, type RefObject } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { cn } from "../ui/class-names.ts";
import { TextArea } from "../ui/text-area.tsx";
import { useFileMention } from "./mentions/file-mention.ts";

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
  const listId = useId();
  const mention = useFileMention({ filesOf, text: value, onChange, fieldRef });
  const isOpen = mention.paths.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onSubmit();
    } else mention.onKeyDown(event);
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
        {...(isOpen ? { "aria-controls": listId, "aria-activedescendant": `${listId}-${mention.activeIndex}` } : {})}
        onChange={(event) => {
          onChange(event.target.value);
          mention.look(event.target);
        }}
        onSelect={(event) => mention.look(event.currentTarget)}
        onBlur={mention.close}
        onKeyDown={onKeyDown}
        className={cn("w-full text-base", isDocked && "max-h-48! min-h-14!")}
      />
      {isOpen && (
        <MentionedFiles
          id={listId}
          paths={mention.paths}
          activeIndex={mention.activeIndex}
          isDocked={isDocked}
          onChoose={mention.complete}
        />
      )}
    </div>
  );
}

/** The files that the name being typed may mean. The list opens upwards if it is docked. */
function MentionedFiles({
  id,
  paths,
  activeIndex,
  isDocked,
  onChoose,
}: {
  id: string;
  paths: readonly string[];
  activeIndex: number;
  isDocked: boolean;
  onChoose: (path: string) => void;
}) {
  return (
    <div
      id={id}
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
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === activeIndex}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(path)}
          className={cn(
            "flex min-h-8 cursor-default items-center truncate rounded-sm px-2 font-mono text-xs",
            index === activeIndex && "bg-hover",
          )}
        >
          {path}
        </div>
      ))}
    </div>
  );
}
