"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ProjectChecksOutput } from "#lib/contracts/versions/check.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Input } from "../ui/input.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { SandboxMissing } from "./confirm-checks.tsx";
import { newFailureOptions } from "./check-words.ts";
import { addDraft, findDraftProblem, toDrafts, type CheckDraft } from "./check-drafts.ts";
import { useSavedChecks } from "./saved-checks.ts";

/** Edits the checks of a project: the user changes commands, turns checks on or off, and adds new ones. */
export function ChecksDialog({
  projectId,
  isOpen,
  onOpenChange,
}: {
  projectId: ProjectId;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const trpc = useTRPC();
  const checks = useQuery(trpc.check.list.queryOptions({ projectId }));
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      size="lg"
      title="Checks of this project"
      description="These commands run on every version, in a sandbox without a network. Saving confirms them."
    >
      {checks.data !== undefined ? (
        <ChecksForm projectId={projectId} checks={checks.data} onDone={() => onOpenChange(false)} />
      ) : checks.error === null ? (
        <Skeleton className="h-40 w-full" />
      ) : (
        <ErrorState error={checks.error} onRetry={() => void checks.refetch()} />
      )}
    </Dialog>
  );
}

function ChecksForm({
  projectId,
  checks,
  onDone,
}: {
  projectId: ProjectId;
  checks: ProjectChecksOutput;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const afterSave = useSavedChecks({ projectId });
  const [drafts, setDrafts] = useState(() => toDrafts(checks));
  const [onNewFailure, setOnNewFailure] = useState(checks.onNewFailure);
  const save = useMutation(
    trpc.check.configure.mutationOptions({
      async onSuccess(saved) {
        await afterSave(saved);
        onDone();
      },
    }),
  );
  const problem = findDraftProblem(drafts);
  const change = (key: number, changes: Partial<CheckDraft>) =>
    setDrafts((current) => current.map((draft) => (draft.key === key ? { ...draft, ...changes } : draft)));
  return (
    <form
      // Room for the focus ring of the first field.
      className="flex flex-col gap-3 pt-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null)
          save.mutate({ projectId, checks: drafts.map(({ key: _key, ...draft }) => draft), onNewFailure });
      }}
    >
      {!checks.sandbox.isAvailable && <SandboxMissing reason={checks.sandbox.reason ?? ""} />}
      <ul className="flex flex-col gap-3">
        {drafts.map((draft, index) => (
          <DraftRow
            key={draft.key}
            draft={draft}
            position={index + 1}
            isFocusedAtStart={index === 0 || draft.name === ""}
            onChange={(changes) => change(draft.key, changes)}
            onRemove={() => setDrafts((current) => current.filter(({ key }) => key !== draft.key))}
          />
        ))}
      </ul>
      <Button
        className="self-start"
        size="sm"
        disabled={drafts.length >= limits.projectChecks}
        onClick={() => setDrafts(addDraft)}
      >
        <Plus aria-hidden />
        Add a check
      </Button>
      <ChoiceList
        label="When a check fails that passed on the parent"
        value={onNewFailure}
        options={newFailureOptions}
        onChange={setOnNewFailure}
      />
      {problem !== null && <p className="text-sm text-negative">{problem}</p>}
      {save.error !== null && <ErrorState error={save.error} />}
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" isPending={save.isPending} disabled={problem !== null}>
          {checks.isConfirmed ? "Save checks" : "Confirm and run"}
        </Button>
      </DialogFooter>
    </form>
  );
}

function DraftRow({
  draft: { name, command, source, isEnabled },
  position,
  isFocusedAtStart,
  onChange,
  onRemove,
}: {
  draft: CheckDraft;
  position: number;
  isFocusedAtStart: boolean;
  onChange: (changes: Partial<CheckDraft>) => void;
  onRemove: () => void;
}) {
  return (
    <li className="flex flex-wrap items-center gap-2">
      <Checkbox
        label={`Run check ${position}`}
        isLabelHidden
        isChecked={isEnabled}
        onChange={(next) => onChange({ isEnabled: next })}
      />
      <Input
        aria-label={`Name of check ${position}`}
        value={name}
        onChange={(event) => onChange({ name: event.target.value })}
        // The user opened the dialog to edit the first one, or has just added this one.
        autoFocus={isFocusedAtStart}
        className="max-w-32 shrink-0"
        maxLength={limits.checkNameCharacters}
      />
      <Input
        aria-label={`Command of check ${position}`}
        value={command}
        onChange={(event) => onChange({ command: event.target.value })}
        className="min-w-48 flex-1 font-mono"
        spellCheck={false}
        maxLength={limits.checkCommandCharacters}
      />
      <Button size="icon-sm" look="ghost" aria-label={`Remove check ${position}`} title="Remove" onClick={onRemove}>
        <Trash2 aria-hidden />
      </Button>
      <p className="w-full pl-8 text-xs text-muted">{source === "user" ? "Written by you" : `Found in ${source}`}</p>
    </li>
  );
}
