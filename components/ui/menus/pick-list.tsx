"use client";

import {
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from "react";
import { cn } from "../class-names.ts";

type PickOption = { key: string; content: ReactNode; onPick: () => void };
export type PickGroup = { heading: string; options: readonly PickOption[] };

/**
 * A text field over a list of matches. Arrow keys move through the list while the text keeps the focus; Enter or a
 * press picks. `answeredText` is the text that the list belongs to: Enter waits for the list of the newest text and
 * then picks its first entry.
 */
export function PickList({
  label,
  text,
  onTextChange,
  placeholder,
  answeredText,
  groups,
  empty,
}: {
  label: string;
  text: string;
  onTextChange: (text: string) => void;
  placeholder: string;
  answeredText: string;
  groups: readonly PickGroup[];
  /** Shown if there is no option. */
  empty: string;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const isEager = useRef(false);
  const [marked, setMarked] = useState(0);
  const [markedFor, setMarkedFor] = useState(answeredText);
  if (markedFor !== answeredText) {
    setMarkedFor(answeredText);
    setMarked(0);
  }
  const options = groups.flatMap((group) => group.options);
  const current = options[Math.min(marked, options.length - 1)];

  const pickEarly = useEffectEvent(() => {
    if (isEager.current && answeredText === text.trim()) options[0]?.onPick();
  });
  useEffect(() => pickEarly(), [answeredText]);
  useEffect(() => {
    // Some browsers return a promise, which React would take for a clean-up function.
    void list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [marked]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const count = Math.max(1, options.length);
    const next = {
      ArrowDown: (marked + 1) % count,
      ArrowUp: (marked - 1 + count) % count,
      PageDown: Math.min(marked + 8, count - 1),
      PageUp: Math.max(marked - 8, 0),
    }[event.key];
    if (next !== undefined) setMarked(next);
    else if (event.key !== "Enter") return;
    else if (answeredText === text.trim()) current?.onPick();
    else isEager.current = true;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={current === undefined ? undefined : optionId({ listId: id, option: current })}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={placeholder}
        onChange={(event) => {
          isEager.current = false;
          onTextChange(event.target.value);
        }}
        onKeyDown={onKeyDown}
        className="h-10 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-faint"
      />
      <PickOptions
        ref={list}
        id={id}
        label={label}
        groups={groups}
        current={current}
        onMark={(option) => setMarked(options.indexOf(option))}
      />
      <p role="status" className={options.length === 0 ? "px-3 pt-4 pb-6 text-center text-sm text-muted" : "sr-only"}>
        {options.length === 0 ? empty : answeredText === "" ? "" : `${options.length} found`}
      </p>
    </>
  );
}

/** The matches, under their headings. */
function PickOptions({
  ref,
  id,
  label,
  groups,
  current,
  onMark,
}: {
  ref: RefObject<HTMLDivElement | null>;
  id: string;
  label: string;
  groups: readonly PickGroup[];
  current: PickOption | undefined;
  onMark: (option: PickOption) => void;
}) {
  return (
    <div
      ref={ref}
      id={id}
      role="listbox"
      aria-label={label}
      className="max-h-[min(50vh,420px)] scroll-py-1 overflow-y-auto p-1"
    >
      {groups.map(({ heading, options }) => (
        <div key={heading} role="group" aria-label={heading}>
          <p aria-hidden className="px-2 pt-2 pb-1 text-xs font-medium text-muted">
            {heading}
          </p>
          {options.map((option) => (
            // The field keeps the focus and has the keys.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={option.key}
              id={optionId({ listId: id, option })}
              role="option"
              tabIndex={-1}
              aria-selected={option === current}
              onPointerMove={() => onMark(option)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={option.onPick}
              className={cn(
                "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm select-none",
                option === current && "bg-hover",
              )}
            >
              {option.content}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function optionId({ listId, option }: { listId: string; option: PickOption }): string {
  return `${listId}-${option.key}`;
}
