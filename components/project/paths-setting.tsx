"use client";

import type { LucideIcon } from "lucide-react";
import { useId, useState } from "react";
import { parseScopeGlobs } from "../composer/scope/scope-globs.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Input } from "../ui/input.tsx";

/** A list of paths stored for a project, collapsed under its title; edited as text and saved as a whole. */
export function PathsSetting({
  icon: Icon,
  name,
  label,
  placeholder,
  hint,
  saveLabel,
  paths,
  isPending,
  error,
  onSave,
}: {
  icon: LucideIcon;
  name: string;
  label: string;
  placeholder: string;
  hint: string;
  saveLabel: string;
  /** Null until loaded: an edit of an empty field would then replace the stored paths. */
  paths: readonly string[] | null;
  isPending: boolean;
  error: unknown;
  /** Call `onSaved` once the paths are stored. */
  onSave: (save: { paths: string[]; onSaved: () => void }) => void;
}) {
  const inputId = useId();
  const hintId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const edited = parseScopeGlobs(text ?? "");
  const count = paths?.length ?? 0;
  const isChanged = paths !== null && text !== null && edited.join("\n") !== paths.join("\n");
  return (
    <details className="text-sm" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">
        {count > 0 && <Icon aria-hidden className="mr-1 inline size-3.5" />}
        {name}
        {count > 0 && ` (${count})`}
      </summary>
      <div className="mt-2 flex flex-col gap-1">
        <label htmlFor={inputId} className="text-xs font-medium text-muted">
          {label}
        </label>
        <div className="flex gap-2">
          <Input
            id={inputId}
            value={text ?? paths?.join(", ") ?? ""}
            disabled={paths === null}
            onChange={(event) => setText(event.target.value)}
            placeholder={paths === null ? "Loading" : placeholder}
            aria-describedby={hintId}
            className="flex-1 font-mono"
            spellCheck={false}
          />
          <Button
            disabled={!isChanged}
            isPending={isPending}
            onClick={() => onSave({ paths: edited, onSaved: () => setText(null) })}
          >
            {saveLabel}
          </Button>
        </div>
        <p id={hintId} className="text-xs text-faint">
          {hint}
        </p>
        {error !== null && <ErrorState error={error} />}
      </div>
    </details>
  );
}
