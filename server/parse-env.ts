import { resolve } from "node:path";
import { z } from "zod";
import { modelId } from "#lib/contracts/ids.ts";

const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

const text = z.string().trim().min(1);
const url = z.url({ protocol: /^https?$/, error: "is not an http or https address" });

/** Other programs accept `host:port` too. */
const proxyUrl = text
  .transform((address) => (address.includes("://") ? address : `http://${address}`))
  .pipe(z.url({ protocol: /^https?$/, error: "is not an http or https address of a proxy" }))
  .transform((address) => new URL(address));

const usd = z.coerce
  .number({ error: "is not a number" })
  .positive({ error: "is not above 0; leave it out for no limit" });

const wholeNumber = ({ from, to }: { from: number; to: number }) =>
  z
    .string()
    .refine((digits) => /^\s*\d+\s*$/.test(digits) && Number(digits) >= from && Number(digits) <= to, {
      error: `is not a whole number from ${from} to ${to}`,
    })
    .transform(Number);

const variables = z.object({
  PORT: wholeNumber({ from: 0, to: 65_535 }).default(3_000),
  HOST: text
    .refine((host) => loopbackHosts.has(host), {
      error:
        "is not a loopback address; Graft has no login, so it serves this machine only. Use 127.0.0.1 and put a proxy with a login in front",
    })
    .default("127.0.0.1"),
  GRAFT_DATA_DIR: text.default("./.graft"),
  GRAFT_LOCAL_FOLDERS: z.enum(["on", "off"], { error: "is not on or off" }).default("on"),
  GRAFT_PRIVATE_REPOSITORIES: z.enum(["on", "off"], { error: "is not on or off" }).default("off"),
  HTTPS_PROXY: proxyUrl.optional(),
  https_proxy: proxyUrl.optional(),
  NO_PROXY: text.optional(),
  no_proxy: text.optional(),
  PATH: text.default("/usr/local/bin:/usr/bin:/bin"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "is not a postgresql:// address" }).optional(),
  GRAFT_ROLE: z.enum(["all", "web", "worker"], { error: "is not one of all, web, worker" }).default("all"),
  GRAFT_WORKER_CONCURRENCY: wholeNumber({ from: 1, to: 64 }).default(4),
  GRAFT_CHECK_CONCURRENCY: wholeNumber({ from: 0, to: 16 }).default(1),
  GRAFT_PREVIEW_PORT: wholeNumber({ from: 0, to: 65_535 }).default(0),
  GRAFT_CHROMIUM: text.optional(),
  GRAFT_NPM_REGISTRY: url.default("https://registry.npmjs.org/"),
  GRAFT_PYPI_INDEX: url.default("https://pypi.org/simple/"),
  GRAFT_ONLY_WORKER: z.enum(["0", "1"]).default("0"),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"], { error: "is not one of silent, error, warn, info, debug" })
    .default("info"),
  GRAFT_DEFAULT_MODEL: text
    .refine((name) => modelId.safeParse(name).success, {
      error: "is not a model id of the form vendor:model, for example builtin:scaffold",
    })
    .transform((name) => modelId.parse(name))
    .optional(),
  GRAFT_RUN_LIMIT_USD: usd.optional(),
  GRAFT_DAY_LIMIT_USD: usd.optional(),
  GRAFT_CONTEXT_TOKENS: z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(2_000, "is below 2000: a prompt and one file would not fit")
    .max(2_000_000, "is above 2000000")
    .optional(),
  ANTHROPIC_API_KEY: text.optional(),
  ANTHROPIC_BASE_URL: url.optional(),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: url.optional(),
  GEMINI_API_KEY: text.optional(),
  GEMINI_BASE_URL: url.optional(),
  MISTRAL_API_KEY: text.optional(),
  MISTRAL_BASE_URL: url.optional(),
  AWS_BEARER_TOKEN_BEDROCK: text.optional(),
  BEDROCK_BASE_URL: url.optional(),
  OPENROUTER_API_KEY: text.optional(),
  OPENROUTER_BASE_URL: url.optional(),
  AI_GATEWAY_API_KEY: text.optional(),
  AI_GATEWAY_BASE_URL: url.optional(),
  OLLAMA_BASE_URL: url.optional(),
  OLLAMA_API_KEY: text.optional(),
  OLLAMA_CONTEXT_LENGTH: z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(4_096, "is below 4096: a prompt, one file and an answer would not fit")
    .optional(),
  OPENAI_COMPATIBLE_BASE_URL: url.optional(),
  OPENAI_COMPATIBLE_API_KEY: text.optional(),
  OPENAI_COMPATIBLE_MODELS: text.optional(),
  OPENAI_COMPATIBLE_TOOLS: z.enum(["on", "off"], { error: "is not on or off" }).default("on"),
});

export type Env = ReturnType<typeof toEnv>;

/**
 * The variables of the environment, with their defaults. An empty one counts as unset.
 *
 * @throws Error with a sentence that names the variable and its problem, but never its value, which may be a key
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const result = variables.safeParse(
    Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== "")),
  );
  if (result.success) return toEnv(result.data);
  const sentences = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`);
  throw new Error(`Graft did not start: ${sentences.join(" ")} .env.example explains each variable.`);
}

function toEnv(values: z.infer<typeof variables>) {
  const proxyUrl = values.HTTPS_PROXY ?? values.https_proxy;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.GRAFT_DATA_DIR),
    /** The search path for commands of the host: git is the only one. */
    searchPath: values.PATH,
    repositories: {
      /** Whether folders of the Graft host may be opened by path. */
      allowsFolders: values.GRAFT_LOCAL_FOLDERS === "on",
      /** Whether a repository may be fetched from the Graft host and its networks. */
      allowsPrivate: values.GRAFT_PRIVATE_REPOSITORIES === "on",
      /** The proxy for fetches; null for direct connections. */
      outbound:
        proxyUrl === undefined
          ? null
          : { url: proxyUrl, exceptions: splitList(values.NO_PROXY ?? values.no_proxy ?? "") },
    },
    databaseUrl: values.DATABASE_URL,
    role: values.GRAFT_ROLE,
    workerConcurrency: values.GRAFT_WORKER_CONCURRENCY,
    /** Checks that a worker runs concurrently, in addition to its runs. */
    checkConcurrency: values.GRAFT_CHECK_CONCURRENCY,
    /** The port of previews on the loopback address; 0 for any free port. */
    previewPort: values.GRAFT_PREVIEW_PORT,
    /** The browser for screenshots of previews; `off` for none, null for the first on the search path. */
    chromium: values.GRAFT_CHROMIUM ?? null,
    registries: { npm: new URL(values.GRAFT_NPM_REGISTRY), python: new URL(values.GRAFT_PYPI_INDEX) },
    /**
     * Set by the supervisor for the only worker of a host whose database it also runs, so that no other worker can be
     * alive.
     */
    isOnlyWorker: values.GRAFT_ONLY_WORKER === "1",
    logLevel: values.LOG_LEVEL,
    defaultModelId: values.GRAFT_DEFAULT_MODEL ?? modelId.parse("builtin:scaffold"),
    spending: { runUsd: values.GRAFT_RUN_LIMIT_USD ?? null, dayUsd: values.GRAFT_DAY_LIMIT_USD ?? null },
    contextLimitTokens: values.GRAFT_CONTEXT_TOKENS ?? null,
    models: {
      keys: {
        anthropic: values.ANTHROPIC_API_KEY,
        openai: values.OPENAI_API_KEY,
        google: values.GEMINI_API_KEY,
        mistral: values.MISTRAL_API_KEY,
        bedrock: values.AWS_BEARER_TOKEN_BEDROCK,
        openrouter: values.OPENROUTER_API_KEY,
        gateway: values.AI_GATEWAY_API_KEY,
        ollama: values.OLLAMA_API_KEY,
        compatible: values.OPENAI_COMPATIBLE_API_KEY,
      },
      baseUrls: {
        anthropic: values.ANTHROPIC_BASE_URL,
        openai: values.OPENAI_BASE_URL,
        google: values.GEMINI_BASE_URL,
        mistral: values.MISTRAL_BASE_URL,
        bedrock: values.BEDROCK_BASE_URL,
        openrouter: values.OPENROUTER_BASE_URL,
        gateway: values.AI_GATEWAY_BASE_URL,
        ollama: values.OLLAMA_BASE_URL,
        compatible: values.OPENAI_COMPATIBLE_BASE_URL,
      },
      compatibleModels:
        values.OPENAI_COMPATIBLE_MODELS === undefined ? undefined : splitList(values.OPENAI_COMPATIBLE_MODELS),
      ollamaContextTokens: values.OLLAMA_CONTEXT_LENGTH,
      compatibleTools: values.OPENAI_COMPATIBLE_TOOLS,
      defaultModel: values.GRAFT_DEFAULT_MODEL,
    },
  };
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
