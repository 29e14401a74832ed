import { ArrowDown, ArrowUp, CaseSensitive, Regex, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import type { FindOptions } from "./find-in-patches.ts";

/** Finds in all lines of the comparison, also those that are folded or far away, which the browser's own search cannot see. */
export function FindBar({
  inputRef,
  options,
  onChange,
  hitCount,
  current,
  problem,
  onStep,
  onClose,
}: {
  inputRef: RefObject<HTMLInputElement | null>;
  options: FindOptions;
  onChange: (options: FindOptions) => void;
  hitCount: number;
  /** 0-based; -1 before the first step. */
  current: number;
  problem: string | null;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      onStep(event.shiftKey ? -1 : 1);
    }
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    }
  };
  const { query, isCaseSensitive, isRegex } = options;
  return (
    <search aria-label="Find in the differences" className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-1.5 text-sm">
      <Input ref={inputRef} onKeyDown={onKeyDown} value={query} onChange={(event) => onChange({ ...options, query: event.target.value })} placeholder="Find in all lines" aria-label="Find in all lines" aria-invalid={problem !== null} className="w-64 max-w-full" spellCheck={false} />
      <Button size="icon-sm" look={isCaseSensitive ? "secondary" : "ghost"} aria-pressed={isCaseSensitive} aria-label="Match case" title="Match case" onClick={() => onChange({ ...options, isCaseSensitive: !isCaseSensitive })}>
        <CaseSensitive aria-hidden />
      </Button>
      <Button size="icon-sm" look={isRegex ? "secondary" : "ghost"} aria-pressed={isRegex} aria-label="Regular expression" title="Regular expression" onClick={() => onChange({ ...options, isRegex: !isRegex })}>
        <Regex aria-hidden />
      </Button>
      <span role="status" className="min-w-20 text-muted tabular-nums">
        {problem ?? (query === "" ? "" : hitCount === 0 ? "No line" : `${current + 1} of ${hitCount}`)}
      </span>
      <Button size="icon-sm" look="ghost" aria-label="Previous line" disabled={hitCount === 0} onClick={() => onStep(-1)}>
        <ArrowUp aria-hidden />
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Next line" disabled={hitCount === 0} onClick={() => onStep(1)}>
        <ArrowDown aria-hidden />
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Close find" className="ml-auto" onClick={onClose}>
        <X aria-hidden />
      </Button>
    </search>
  );
}
