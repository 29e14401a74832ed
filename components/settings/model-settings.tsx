"use client";

import { useQuery } from "@tanstack/react-query";
import type { ModelOutput, ModelPricing } from "#lib/contracts/model.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Badge } from "../ui/badge.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { DefaultModel } from "./default-model.tsx";
import { ProviderKeys } from "./provider-keys.tsx";
import { SettingsSection } from "./settings-section.tsx";
import { Spending } from "./spending.tsx";

/** The available models, and what the others lack. */
export function ModelSettings() {
  const trpc = useTRPC();
  const models = useQuery(trpc.model.list.queryOptions());
  const providers = useQuery(trpc.model.providers.queryOptions());
  const error = models.error ?? providers.error;
  return (
    <SettingsSection
      title="Models"
      description="Paste a provider's key here, or set its variable and start Graft again; the variable wins. A pasted key is stored encrypted and is never shown again."
    >
      {error !== null && (
        <ErrorState
          error={error}
          onRetry={() => {
            void models.refetch();
            void providers.refetch();
          }}
        />
      )}
      {models.data === undefined || providers.data === undefined ? (
        error === null && <Skeleton className="h-60 w-full" />
      ) : (
        <>
          <ProviderKeys providers={providers.data} models={models.data} />
          <Spending />
          <DefaultModel />
          <ul aria-label="Models" className="rounded-md border">
            {models.data.map((model) => (
              <ModelRow
                key={model.modelId}
                model={model}
                source={providers.data.find(({ provider }) => provider === model.provider)?.label ?? "built in"}
              />
            ))}
          </ul>
        </>
      )}
    </SettingsSection>
  );
}

function ModelRow({
  model: { modelId, label, isAvailable, isDefault, reason, supportsTools, pricing, pricingSource },
  source,
}: {
  model: ModelOutput;
  /** The model that is tested. */
  source: string;
}) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0">
      <div className="min-w-60 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{label}</span>
          {isDefault && <Badge tone="accent">default</Badge>}
          {!supportsTools && <Badge>no tools: answers as text</Badge>}
        </p>
        <p className="text-xs text-muted">
          <span className="font-mono">{modelId}</span>, {source}
          {pricing !== undefined && (
            <>
              , {describePricing(pricing)}
              {pricingSource !== undefined && `, according to ${pricingSource}`}
            </>
          )}
        </p>
        {reason !== undefined && <p className="mt-1 text-sm text-muted">{reason}</p>}
      </div>
      <Badge tone={isAvailable ? "positive" : "neutral"}>{isAvailable ? "available" : "not available"}</Badge>
    </li>
  );
}

function describePricing({ inputUsdPerMillion, outputUsdPerMillion }: ModelPricing): string {
  return `$${inputUsdPerMillion} in and $${outputUsdPerMillion} out per million tokens`;
}
