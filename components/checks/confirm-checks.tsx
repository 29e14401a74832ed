"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { useSavedChecks } from "./saved-checks.ts";

/** The found commands, before any of them may run. */
export function ConfirmChecks({ projectId, onOpen }: { projectId: ProjectId; onOpen: () => void }) {
  const trpc = useTRPC();
  const checks = useQuery(trpc.check.list.queryOptions({ projectId }));
  const afterSave = useSavedChecks({ projectId });
  const confirm = useMutation(trpc.check.configure.mutationOptions({ onSuccess: afterSave }));
  const { data, error } = checks;
  if (data === undefined)
    return error === null ? (
      <Skeleton className="h-12 w-full" />
    ) : (
      <ErrorState error={error} onRetry={() => void checks.refetch()} />
    );
  const { items, sandbox } = data;
  return (
    <div className="flex flex-col gap-2 rounded-md border px-3 py-2 text-sm">
      {!sandbox.isAvailable && <SandboxMissing reason={sandbox.reason ?? ""} />}
      <p>
        {items.length === 0
          ? "No checks were found in this project. You can write your own."
          : `${items.length === 1 ? "1 check was" : `${items.length} checks were`} found in this project. They run in a sandbox without a network, on every version, once you confirm the commands.`}
      </p>
      {items.length > 0 && (
        <ul aria-label="Found checks" className="flex flex-col gap-0.5">
          {items.map(({ checkId, name, command }) => (
            <li key={checkId} className="flex flex-wrap gap-x-2">
              <span className="min-w-16 font-medium">{name}</span>
              <code className="min-w-0 font-mono text-xs leading-5 break-all text-muted">{command}</code>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        {items.length > 0 && (
          <Button
            size="sm"
            look="primary"
            isPending={confirm.isPending}
            onClick={() =>
              confirm.mutate({
                projectId,
                checks: items.map(({ name, command, source, isEnabled }) => ({ name, command, source, isEnabled })),
              })
            }
          >
            Confirm and run
          </Button>
        )}
        <Button size="sm" onClick={onOpen}>
          {items.length === 0 ? "Add checks" : "Edit first"}
        </Button>
      </div>
      {confirm.error !== null && <ErrorState error={confirm.error} />}
    </div>
  );
}

export function SandboxMissing({ reason }: { reason: string }) {
  return (
    <p className="rounded-sm bg-caution-surface px-2 py-1 text-caution">
      Checks cannot run on this machine: {reason} Nothing runs without a sandbox.
    </p>
  );
}
