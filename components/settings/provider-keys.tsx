import type { ModelOutput } from "#lib/contracts/model.ts";
import { Badge } from "../ui/badge.tsx";

const providers: { provider: ModelOutput["provider"]; name: string; variable: string }[] = [
  { provider: "anthropic", name: "Anthropic", variable: "ANTHROPIC_API_KEY" },
  { provider: "openai", name: "OpenAI", variable: "OPENAI_API_KEY" },
  { provider: "compatible", name: "OpenAI-compatible server", variable: "OPENAI_COMPATIBLE_BASE_URL" },
];

/** Which providers this server has a key for, and the variable to set for the others. */
export function ProviderKeys({ models }: { models: ModelOutput[] }) {
  return (
    <ul aria-label="Provider keys" className="rounded-md border">
      {providers.map(({ provider, name, variable }) => {
        const isConfigured = models.some((model) => model.provider === provider && model.isAvailable);
        return (
          <li key={provider} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 text-sm last:border-b-0">
            <span className="min-w-48 flex-1 font-medium">{name}</span>
            <code className="font-mono text-xs text-muted">{variable}</code>
            <Badge tone={isConfigured ? "positive" : "neutral"}>{isConfigured ? "configured" : "missing"}</Badge>
          </li>
        );
      })}
    </ul>
  );
}
