import { useState } from "react";
import { limits } from "#lib/contracts/limits.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";

/** Shows the command of a preview before it runs. The user changes or confirms it. */
export function ConfirmPreview({
  command,
  source,
  isBusy,
  onConfirm,
  onCancel,
}: {
  /** The detected command; null if none was detected. */
  command: string | null;
  source: string | null;
  isBusy: boolean;
  onConfirm: (command: string) => void;
  /** Null if nothing can run without a confirmed command. */
  onCancel: (() => void) | null;
}) {
  const [typed, setTyped] = useState(command ?? "");
  const isEmpty = typed.trim() === "";
  return (
    <form
      className="flex w-full max-w-xl flex-col gap-2 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) onConfirm(typed.trim());
      }}
    >
      <p>
        {command === null
          ? "No command for a preview was found in this project. Write the command that starts its server."
          : `Once you confirm this command, previews of the project run it.${source === null ? "" : ` It was found in ${source}.`}`}
      </p>
      <p className="text-muted">
        It runs in a sandbox without a network. The server should listen on $PORT; if it listens on another port, that
        one is used.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          aria-label="Command of the preview"
          // The button that opens this form is no longer rendered, so its focus moves here.
          autoFocus={onCancel !== null}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={limits.checkCommandCharacters}
          spellCheck={false}
          placeholder="npm run dev"
          className="min-w-48 flex-1 font-mono"
        />
        <Button type="submit" look="primary" isPending={isBusy} disabled={isEmpty}>
          Confirm and start
        </Button>
        {onCancel !== null && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  );
}
