"use client";

import { useQuery } from "@tanstack/react-query";
import type { ModelOutput, ModelPricing } from "#lib/contracts/model.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Badge } from "../ui/badge.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { DefaultModel } from "./default-model.tsx";
import { ProviderKeys } from "./provider-keys.tsx";
import { SettingsSection } from "./settings-section.tsx";
import { Spending } from "./spending.tsx";

const providerWords: Record<ModelOutput["provider"], string> = {
  builtin: "built in",
  anthropic: "Anthropic",
  openai: "OpenAI",
  compatible: "OpenAI-compatible server",
};

/** Which models there are, and what is missing for the others. */
export function ModelSettings() {
  const trpc = useTRPC();
  const models = useQuery(trpc.model.list.queryOptions());
  return (
    <SettingsSection
      title="Models"
      description="Keys are read from the environment when Graft starts, and are never stored or shown. Set the variable of a provider that is missing, then start Graft again."
    >
      {models.error !== null && <ErrorState error={models.error} onRetry={() => void models.refetch()} />}
      {models.data === undefined ? (
        models.error === null && <Skeleton className="h-60 w-full" />
      ) : (
        <>
          <ProviderKeys models={models.data} />
          <Spending />
          <DefaultModel />
          <ul aria-label="Models" className="rounded-md border">
            {models.data.map((model) => (
              <ModelRow key={model.modelId} model={model} />
            ))}
          </ul>
        </>
      )}
    </SettingsSection>
  );
}

function ModelRow({
  model: { modelId, label, provider, isAvailable, isDefault, reason, supportsTools, pricing },
}: {
  model: ModelOutput;
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
          <span className="font-mono">{modelId}</span>, {providerWords[provider]}
          {pricing !== undefined && <>, {describePricing(pricing)}</>}
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
