"use client";

import type { ModelOutput, ProviderOutput } from "#lib/contracts/model.ts";
import { ProviderRow } from "./provider-row.tsx";

/** The providers that need a key: the source of each key, a connection test, and a field to paste one. */
export function ProviderKeys({ providers, models }: { providers: ProviderOutput[]; models: ModelOutput[] }) {
  return (
    <ul aria-label="Provider keys" className="rounded-md border">
      {providers.map((provider) => (
        <ProviderRow
          key={provider.provider}
          provider={provider}
          testModelLabel={models.find(({ modelId }) => modelId === provider.testModelId)?.label ?? provider.label}
        />
      ))}
    </ul>
  );
}
