import { z } from "zod";
import type { ListedModel } from "../../models/model-listing.ts";
import type { OllamaServer } from "./ollama-server.ts";

const maxOutputTokens = 8_192;
/** The share of the context that an answer may take. The same share is left free when a prompt is built. */
const shareOfOutput = 0.25;

const timeoutMs = 5_000;

const tags = z.object({ models: z.array(z.object({ name: z.string().min(1) })) });

const details = z.object({
  capabilities: z.array(z.string()).nullish(),
  /** The context length is under the name of the model's architecture: `llama.context_length`. */
  model_info: z.record(z.string(), z.unknown()).nullish(),
  /** The parameters of the model's own file, one per line. */
  parameters: z.string().nullish(),
});

/**
 * The installed models that generate text, each with the context length that Graft requests for it: the one in the
 * model's own file, or else its longest up to `maxContextTokens`. It never changes for a model, because Ollama reloads
 * a model when another length is requested.
 *
 * @throws Error if `body` is not an answer of `/api/tags`
 */
export async function listOllamaModels({
  body,
  server,
  maxContextTokens,
}: {
  body: unknown;
  server: OllamaServer;
  maxContextTokens: number;
}): Promise<ListedModel[]> {
  const models = await Promise.all(
    tags.parse(body).models.map(async ({ name }): Promise<ListedModel | null> => {
      const shown = await showModel({ name, server });
      if (shown === null) return { name };
      const { capabilities, parameters } = shown;
      if (capabilities?.includes("completion") === false) return null;
      const longest = readContextLength(shown) ?? maxContextTokens;
      const contextTokens = Math.min(longest, readOwnContext(parameters ?? "") ?? maxContextTokens);
      return {
        name,
        contextTokens,
        maxOutputTokens: Math.min(maxOutputTokens, Math.floor(contextTokens * shareOfOutput)),
        supportsTools: capabilities?.includes("tools"),
        supportsImages: capabilities?.includes("vision"),
      };
    }),
  );
  return models.filter((model) => model !== null);
}

/** Null if Ollama did not tell: the model can still be called. */
async function showModel({
  name,
  server: { apiUrl, headers, fetch },
}: {
  name: string;
  server: OllamaServer;
}): Promise<z.infer<typeof details> | null> {
  try {
    const response = await fetch(`${apiUrl}/show`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ model: name }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return details.safeParse(await response.json()).data ?? null;
  } catch {
    return null;
  }
}

function readContextLength({ model_info }: z.infer<typeof details>): number | null {
  const [, length] = Object.entries(model_info ?? {}).find(([key]) => key.endsWith(".context_length")) ?? [];
  return typeof length === "number" && length > 0 ? length : null;
}

function readOwnContext(parameters: string): number | null {
  const [, tokens] = /^num_ctx\s+(\d+)/m.exec(parameters) ?? [];
  return tokens === undefined ? null : Number(tokens);
}
