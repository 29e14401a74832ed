"use client";

import { useId, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import { limits } from "#lib/contracts/limits.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogFooter } from "../ui/dialog.tsx";
import { Input } from "../ui/input.tsx";
import { useGenerationMark } from "./generation-mark.ts";

/** Names a version, so that it is found again. An empty name takes the label away. */
export function LabelDialog({ generation, onClose }: { generation: GenerationOutput; onClose: () => void }) {
  const inputId = useId();
  const mark = useGenerationMark();
  const [label, setLabel] = useState(generation.label ?? "");
  const [isPending, setIsPending] = useState(false);
  const save = async () => {
    setIsPending(true);
    await mark({ generation, mark: { label } });
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Label v${generation.version}`} description="Shown beside the version's number. The version itself stays as it is.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label htmlFor={inputId} className="text-xs font-medium text-muted">
          Label
        </label>
        <Input id={inputId} autoFocus value={label} maxLength={limits.labelCharacters} onChange={(event) => setLabel(event.target.value)} />
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isPending={isPending}>
            Save label
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
