import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Input } from "../ui/input.tsx";

/** A form for a key. The input is masked and discarded with the form. */
export function PasteKeyForm({
  label,
  isPending,
  error,
  onSave,
  onCancel,
}: {
  label: string;
  isPending: boolean;
  error: Parameters<typeof ErrorState>[0]["error"] | null;
  onSave: (key: string) => void;
  onCancel: () => void;
}) {
  const [value, setValue] = useState("");
  const inputId = useId();
  return (
    <form
      aria-label={`Key of ${label}`}
      className="flex w-full flex-col gap-2 pb-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== "" && !isPending) onSave(value);
      }}
    >
      <label htmlFor={inputId} className="text-xs font-medium text-muted">
        API key of {label}
      </label>
      <div className="flex flex-wrap gap-2">
        <Input
          id={inputId}
          type="password"
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
          className="min-w-60 flex-1"
          autoFocus
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onCancel();
          }}
        />
        <Button type="submit" look="primary" isPending={isPending}>
          Save key
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
      {error !== null && <ErrorState error={error} />}
    </form>
  );
}
