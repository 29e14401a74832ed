"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { SettingsSection } from "./settings-section.tsx";

/** Whether the sandbox works on this host, and what to install if it does not. */
export function SandboxSettings() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.sandbox.get.queryOptions());
  return (
    <SettingsSection
      title="Sandbox"
      description="Checks run a project's own commands. They run in a sandbox without a network, or not at all."
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton className="h-10 w-full" />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : data.isAvailable ? (
        <p className="text-sm">
          The sandbox works on this machine.
          {data.toolchain !== undefined && <span className="block text-muted">{data.toolchain}</span>}
        </p>
      ) : (
        <p className="rounded-sm bg-caution-surface px-2 py-1 text-sm text-caution">
          The sandbox does not work on this machine: {data.reason ?? ""} Graft runs no command of a project until it
          works.
        </p>
      )}
    </SettingsSection>
  );
}
