"use client";

import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { limits } from "#lib/contracts/limits.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Input } from "../ui/input.tsx";
import { useGenerationMark } from "./generation-mark.ts";

/** Sets the label of a version. An empty name removes it. */
export function LabelDialog({ generation, onClose }: { generation: GenerationOutput; onClose: () => void }) {
  const inputId = useId();
  const mark = useGenerationMark();
  const [label, setLabel] = useState(generation.label ?? "");
  const save = useMutation({ mutationFn: mark, onSuccess: onClose });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Label v${generation.version}`}
      description="Shown beside the version's number. The version itself stays as it is."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate({ generation, mark: { label } });
        }}
      >
        <label htmlFor={inputId} className="text-xs font-medium text-muted">
          Label
        </label>
        <Input
          id={inputId}
          autoFocus
          value={label}
          maxLength={limits.labelCharacters}
          onChange={(event) => setLabel(event.target.value)}
        />
        {save.error !== null && (
          <div className="mt-2">
            <ErrorState error={save.error} />
          </div>
        )}
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isPending={save.isPending}>
            Save label
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
