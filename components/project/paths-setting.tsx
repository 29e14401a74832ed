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
  /** Call `onSaved` once the paths are stored. `expected` are those that the user edited. */
  onSave: (save: { paths: string[]; expected: string[]; onSaved: () => void; onRefused: () => void }) => void;
}) {
  const inputId = useId();
  const hintId = useId();
  const [isOpen, setIsOpen] = useState(false);
  // Another tab may change the stored paths during the edit. Once that was shown, the next save replaces them.
  const [edit, setEdit] = useState<{ text: string; from: readonly string[] | null } | null>(null);
  const text = edit?.text ?? null;
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
            onChange={(event) => setEdit({ text: event.target.value, from: edit === null ? paths : edit.from })}
            placeholder={paths === null ? "Loading" : placeholder}
            aria-describedby={hintId}
            className="flex-1 font-mono"
            spellCheck={false}
          />
          <Button
            disabled={!isChanged}
            isPending={isPending}
            onClick={() =>
              onSave({
                paths: edited,
                expected: [...(edit?.from ?? paths ?? [])],
                onSaved: () => setEdit(null),
                onRefused: () => setEdit((current) => current && { ...current, from: null }),
              })
            }
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
