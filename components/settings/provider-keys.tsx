"use client";

import { useMutation } from "@tanstack/react-query";
import type { ModelOutput } from "#lib/contracts/model.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { formatDuration } from "#lib/format-amount.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";

type Provider = { provider: ModelOutput["provider"]; name: string; variable: string };

const providers: Provider[] = [
  { provider: "anthropic", name: "Anthropic", variable: "ANTHROPIC_API_KEY" },
  { provider: "openai", name: "OpenAI", variable: "OPENAI_API_KEY" },
  { provider: "compatible", name: "OpenAI-compatible server", variable: "OPENAI_COMPATIBLE_BASE_URL" },
];

/** Which providers this server has a key for, whether they answer, and the variable to set for the others. */
export function ProviderKeys({ models }: { models: ModelOutput[] }) {
  return (
    <ul aria-label="Provider keys" className="rounded-md border">
      {providers.map((provider) => (
        <ProviderRow
          key={provider.provider}
          {...provider}
          model={models.find((model) => model.provider === provider.provider && model.isAvailable)}
        />
      ))}
    </ul>
  );
}

/** `model` is the one that is asked in a test; undefined where the provider has no key. */
function ProviderRow({ name, variable, model }: Provider & { model: ModelOutput | undefined }) {
  const trpc = useTRPC();
  const test = useMutation(trpc.model.test.mutationOptions());
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 text-sm last:border-b-0">
      <span className="min-w-48 flex-1 font-medium">{name}</span>
      <code className="font-mono text-xs text-muted">{variable}</code>
      <Badge tone={model === undefined ? "neutral" : "positive"}>
        {model === undefined ? "missing" : "configured"}
      </Badge>
      {model !== undefined && (
        <Button
          size="sm"
          isPending={test.isPending}
          aria-label={`Test ${name}`}
          onClick={() => test.mutate({ modelId: model.modelId })}
        >
          Test
        </Button>
      )}
      <p
        role="status"
        className={test.error === null ? "w-full text-xs text-positive empty:hidden" : "w-full text-xs text-negative"}
      >
        {test.data !== undefined &&
          model !== undefined &&
          `${model.label} answered in ${formatDuration(test.data.durationMs)}.`}
        {test.error !== null && readAppError(test.error).message}
      </p>
    </li>
  );
}
