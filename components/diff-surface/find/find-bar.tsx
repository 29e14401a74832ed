import { ArrowDown, ArrowUp, CaseSensitive, Regex, X } from "lucide-react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import type { FindOptions } from "./find-in-text.ts";

/**
 * Finds text in all lines of a comparison or a file, including folded and unrendered ones, which the browser's own
 * search does not find.
 */
export function FindBar({
  inputRef,
  label = "Find in the differences",
  options,
  onChange,
  hitCount,
  hiddenCount = 0,
  index,
  problem,
  onStep,
  onShowHidden,
  onClose,
}: {
  inputRef: RefObject<HTMLInputElement | null>;
  label?: string;
  options: FindOptions;
  onChange: (options: FindOptions) => void;
  hitCount: number;
  /** Matches in files that a filter hides. */
  hiddenCount?: number;
  /** The index of the current match; -1 if there is none. */
  index: number;
  problem: string | null;
  onStep: (by: 1 | -1) => void;
  onShowHidden?: () => void;
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
    <search
      aria-label={label}
      className="flex items-center gap-1 border-b bg-surface px-3 py-1 text-sm max-sm:flex-wrap"
    >
      <div className="w-64 min-w-32 shrink max-sm:w-full">
        <Input
          ref={inputRef}
          onKeyDown={onKeyDown}
          value={query}
          onChange={(event) => onChange({ ...options, query: event.target.value })}
          placeholder="Find in all lines"
          aria-label="Find in all lines"
          aria-invalid={problem !== null}
          spellCheck={false}
        />
      </div>
      <FindSwitch
        label="Match case"
        icon={<CaseSensitive aria-hidden />}
        isOn={isCaseSensitive}
        onToggle={() => onChange({ ...options, isCaseSensitive: !isCaseSensitive })}
      />
      <FindSwitch
        label="Regular expression"
        icon={<Regex aria-hidden />}
        isOn={isRegex}
        onToggle={() => onChange({ ...options, isRegex: !isRegex })}
      />
      <span role="status" className="min-w-20 px-1 whitespace-nowrap text-muted tabular-nums">
        {problem ?? (query === "" ? "" : hitCount === 0 ? "Not found" : `${index + 1} of ${hitCount}`)}
      </span>
      <Button
        size="icon-sm"
        look="ghost"
        aria-label="Previous hit"
        disabled={hitCount === 0}
        onClick={() => onStep(-1)}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button size="icon-sm" look="ghost" aria-label="Next hit" disabled={hitCount === 0} onClick={() => onStep(1)}>
        <ArrowDown aria-hidden />
      </Button>
      {hiddenCount > 0 && (
        <HiddenHits
          count={hiddenCount}
          areAll={hitCount === 0}
          onShow={() => {
            onShowHidden?.();
            // The button disappears with the filter.
            inputRef.current?.focus();
          }}
        />
      )}
      <Button size="icon-sm" look="ghost" aria-label="Close find" className="ml-auto" onClick={onClose}>
        <X aria-hidden />
      </Button>
    </search>
  );
}

function FindSwitch({
  label,
  icon,
  isOn,
  onToggle,
}: {
  label: string;
  icon: ReactNode;
  isOn: boolean;
  onToggle: () => void;
}) {
  return (
    <Button
      size="icon-sm"
      look={isOn ? "secondary" : "ghost"}
      aria-pressed={isOn}
      aria-label={label}
      title={label}
      onClick={onToggle}
    >
      {icon}
    </Button>
  );
}

function HiddenHits({ count, areAll, onShow }: { count: number; areAll: boolean; onShow: () => void }) {
  return (
    <span className="flex min-w-0 items-center gap-1 text-muted">
      <span className="truncate">{areAll ? count : `${count} more`} in hidden files</span>
      <Button size="sm" onClick={onShow}>
        Show all files
      </Button>
    </span>
  );
}
