"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ProviderOutput } from "#lib/contracts/model.ts";
import { formatDuration } from "#lib/format-amount.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { describeProvider } from "./describe-provider.ts";
import { PasteKeyForm } from "./paste-key-form.tsx";

type KeyedProvider = "anthropic" | "openai" | "compatible";

/** One provider: the state of its key, a test, and the actions on a pasted key. */
export function ProviderRow({ provider, testModelLabel }: { provider: ProviderOutput; testModelLabel: string }) {
  const [open, setOpen] = useState<"paste" | "remove" | null>(null);
  const pasteRef = useRef<HTMLButtonElement>(null);
  const removeRef = useRef<HTMLButtonElement>(null);
  const { label, keyVariable, addressVariable, keySource, storedAt, testModelId } = provider;
  const { test, save, remove, saveKey, removeKey, done } = useProviderKey({
    provider: provider.provider as KeyedProvider,
    onChanged: () => {
      setOpen(null);
      // The form has unmounted together with the focus.
      requestAnimationFrame(() => pasteRef.current?.focus());
    },
  });
  const state = describeProvider(provider);
  const error = test.error ?? remove.error;
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 text-sm last:border-b-0">
      <span className="w-48 font-medium max-sm:flex-1">{label}</span>
      <code className="font-mono text-xs text-muted sm:w-56">
        {provider.hasAddress ? keyVariable : addressVariable}
      </code>
      <Badge tone={state.tone}>{state.word}</Badge>
      {storedAt !== null && keySource !== "environment" && (
        <span className="text-xs text-muted">
          pasted <RelativeTime at={storedAt} />
        </span>
      )}
      <span className="ml-auto flex flex-wrap justify-end gap-2">
        {testModelId !== null && (
          <Button
            size="sm"
            isPending={test.isPending}
            aria-label={`Test ${label}`}
            onClick={() => test.mutate({ modelId: testModelId })}
          >
            Test
          </Button>
        )}
        {state.canPaste && (
          <Button
            ref={pasteRef}
            size="sm"
            aria-expanded={open === "paste"}
            aria-label={`${storedAt === null ? "Paste" : "Replace"} the key of ${label}`}
            onClick={() => setOpen(open === "paste" ? null : "paste")}
          >
            {storedAt === null ? "Paste key" : "Replace key"}
          </Button>
        )}
        {storedAt !== null && (
          <Button
            ref={removeRef}
            size="sm"
            look="ghost"
            aria-expanded={open === "remove"}
            aria-label={`Remove the key of ${label}`}
            onClick={() => setOpen(open === "remove" ? null : "remove")}
          >
            Remove key
          </Button>
        )}
      </span>
      {state.note !== null && <p className="w-full text-xs text-muted">{state.note}</p>}
      {open === "paste" && (
        <PasteKeyForm
          label={label}
          isPending={save.isPending}
          error={save.error}
          onSave={saveKey}
          onCancel={() => {
            setOpen(null);
            save.reset();
            pasteRef.current?.focus();
          }}
        />
      )}
      {open === "remove" && (
        <RemoveKeyQuestion
          label={label}
          isPending={remove.isPending}
          onRemove={removeKey}
          onKeep={() => {
            setOpen(null);
            removeRef.current?.focus();
          }}
        />
      )}
      <p
        role="status"
        className={error === null ? "w-full text-xs text-positive empty:hidden" : "w-full text-xs text-negative"}
      >
        {done}
        {test.data !== undefined &&
          `${testModelLabel} answered “${test.data.answer}” in ${formatDuration(test.data.durationMs)}.`}
        {error !== null && readAppError(error).message}
      </p>
    </li>
  );
}

function RemoveKeyQuestion({
  label,
  isPending,
  onRemove,
  onKeep,
}: {
  label: string;
  isPending: boolean;
  onRemove: () => void;
  onKeep: () => void;
}) {
  return (
    <div role="group" aria-label={`Remove the key of ${label}?`} className="flex w-full flex-wrap items-center gap-2">
      <span className="text-xs">Graft cannot show the key again. Remove it from this host?</span>
      <Button size="sm" look="danger" autoFocus isPending={isPending} onClick={onRemove}>
        Remove
      </Button>
      <Button size="sm" onClick={onKeep}>
        Keep it
      </Button>
    </div>
  );
}

/** Tests, stores and removes a provider's key. `done` says what was last changed, until the next test. */
function useProviderKey({ provider, onChanged }: { provider: KeyedProvider; onChanged: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [done, setDone] = useState<string | null>(null);
  const test = useMutation(trpc.model.test.mutationOptions({ onMutate: () => setDone(null) }));
  const save = useMutation(trpc.model.setKey.mutationOptions());
  const remove = useMutation(trpc.model.removeKey.mutationOptions());
  const adopt = ({ providers, said }: { providers: ProviderOutput[]; said: string }) => {
    queryClient.setQueryData(trpc.model.providers.queryKey(), providers);
    void queryClient.invalidateQueries({ queryKey: trpc.model.list.queryKey() });
    test.reset();
    setDone(said);
    onChanged();
  };
  return {
    test,
    save,
    remove,
    saveKey: (key: string) =>
      save.mutate(
        { provider, key },
        { onSuccess: (providers) => adopt({ providers, said: "Key stored. Its models can be used now." }) },
      ),
    removeKey: () =>
      remove.mutate({ provider }, { onSuccess: (providers) => adopt({ providers, said: "Key removed." }) }),
    done,
  };
}
