import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  JSONParseError,
  NoOutputGeneratedError,
  StreamProviderError,
  TypeValidationError,
} from "ai";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import { ModelHttpError } from "./guarded-fetch.ts";
import { ModelFailure } from "./model-failure.ts";
import { readRetryAfterMs } from "./read-retry-after.ts";
import { redactSecrets } from "./redact-secrets.ts";
import type { VendorFacts, VendorKey } from "../vendors/vendor.ts";

/** What a provider said about a failure, in any part of its response. */
type ProviderReport = { statusCode: number | undefined; text: string; retryAfterMs?: number | undefined };

/** The providers' own words. They are the only indication: most of these failures come as a plain HTTP 400. */
const signs = {
  tooLong:
    /context[ _-]?(length|window|size|limit)|maximum (context|prompt|input)|(prompt|input|request)( text)? (is |was )?too (long|large)|too many (input |prompt )?tokens|exceed\w* (the )?(model|max)\w*[^.]{0,40}(tokens|length)|reduce the length/i,
  refused: /content[ _-]?(filter|policy|management)|safety system|flagged (as|by|for)|moderation|responsibleai/i,
  noCredit: /insufficient[ _]quota|credit balance|exceeded your current quota|payment required|billing/i,
  overloaded:
    /overloaded|over capacity|at capacity|temporarily unavailable|try again later|loading model|internal server error|service unavailable/i,
  rateLimited: /rate[ _-]?limit|too many requests/i,
} as const;

/**
 * Converts anything thrown by a model call into a message, a code and a retry advice. Keeps only a short, redacted
 * excerpt of the provider's error: the error object contains the request, and may contain the key.
 */
export function classifyFailure({
  error,
  description,
  facts,
  keySource,
  secrets,
}: {
  error: unknown;
  description: ModelDescription;
  facts: VendorFacts;
  keySource: VendorKey["source"] | undefined;
  secrets: readonly string[];
}): ModelFailure {
  for (const link of causesOf(error)) {
    if (link instanceof ModelFailure) return link;
    if (link instanceof ModelHttpError)
      return classifyTransport({ error: link, description, facts, keySource, secrets });
    const report = readReport(link);
    if (report !== null) return classifyReport({ report, description, facts, keySource, secrets });
    if (NoOutputGeneratedError.isInstance(link) || EmptyResponseBodyError.isInstance(link) || isMissingEnd(link))
      return cutOff(description);
    if (
      JSONParseError.isInstance(link) ||
      TypeValidationError.isInstance(link) ||
      InvalidResponseDataError.isInstance(link)
    )
      return garbled(description);
  }
  const message = redactSecrets({
    text: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    secrets,
  });
  return new ModelFailure({
    code: "INTERNAL",
    message: "The model call failed for a reason that Graft does not know. Try again; if it stays, look into the log.",
    retry: "later",
    cause: new Error(message),
  });
}

const tryAgain = "Try again, or choose another model.";

/** The failure for an answer that ended prematurely. */
export function cutOff(description: ModelDescription): ModelFailure {
  return new ModelFailure({
    code: "MODEL_UNAVAILABLE",
    message: `The answer of ${description.label} broke off before its end.`,
    advice: tryAgain,
    retry: "now",
  });
}

function garbled(description: ModelDescription): ModelFailure {
  return new ModelFailure({
    code: "MODEL_OUTPUT_INVALID",
    message: `The answer of ${description.label} arrived damaged.`,
    advice: tryAgain,
    retry: "now",
  });
}

function classifyTransport({
  error,
  description,
  facts,
  keySource,
  secrets,
}: {
  error: ModelHttpError;
  description: ModelDescription;
  facts: VendorFacts;
  keySource: VendorKey["source"] | undefined;
  secrets: readonly string[];
}): ModelFailure {
  const { label } = description;
  switch (error.kind) {
    case "cut":
      return cutOff(description);
    case "unreachable":
      return unavailable({
        message: `The model ${label} could not be reached.`,
        advice: "Check the connection and the model server's address, then try again.",
        retry: "now",
        cause: error,
      });
    case "headers-late":
      return unavailable({
        message: `The model ${label} did not answer in time.`,
        advice: tryAgain,
        retry: "now",
        cause: error,
      });
    case "bytes-late":
      return unavailable({
        message: `The model ${label} stopped in the middle of its answer.`,
        advice: tryAgain,
        retry: "now",
        cause: error,
      });
    case "took-too-long":
      return unavailable({
        message: `The answer of ${label} was not complete within the longest time that a call may take, so the call was ended. Ask for less at once, or choose a faster model.`,
        retry: "later",
        cause: error,
      });
    case "too-large":
      return new ModelFailure({
        code: "MODEL_OUTPUT_INVALID",
        message: `The answer of ${label} was far too large and was not read to its end. Ask for less at once, or choose another model.`,
        retry: "later",
        cause: error,
      });
    case "redirected":
    case "forbidden-address":
      return unavailable({
        message: `The address of ${label} leads elsewhere, and Graft does not follow. Set the base URL to the final address and start again.`,
        retry: "never",
        cause: error,
      });
    case "not-a-stream":
      return classifyReport({
        report: { statusCode: undefined, text: readErrorText(error.body ?? "") },
        description,
        facts,
        keySource,
        secrets,
      });
  }
}

/** The provider's original words decide the class; only the quoted excerpt is redacted. */
function classifyReport({
  report,
  description,
  facts,
  keySource,
  secrets,
}: {
  report: ProviderReport;
  description: ModelDescription;
  facts: VendorFacts;
  keySource: VendorKey["source"] | undefined;
  secrets: readonly string[];
}): ModelFailure {
  const { statusCode, text, retryAfterMs } = report;
  const { label } = description;
  const said = quote(redactSecrets({ text, secrets }));
  if (statusCode === 402 || signs.noCredit.test(text)) {
    return new ModelFailure({
      code: "PROVIDER_AUTH",
      message: `The provider of ${label} refused the call because the account has no credit left. Add credit there, or choose another model.`,
      retry: "never",
    });
  }
  if (facts.noTools?.sign.test(text) === true) {
    return unavailable({
      message: `The model ${label} does not take tools. ${facts.noTools.advice}`,
      retry: "never",
    });
  }
  if (statusCode === 401 || (statusCode === 403 && !signs.refused.test(text))) {
    return new ModelFailure({
      code: "PROVIDER_AUTH",
      message: `The provider of ${label} did not accept the key. ${keyAdvice({ facts, keySource })}${said}`,
      retry: "never",
    });
  }
  if (statusCode === 429 || (statusCode === undefined && signs.rateLimited.test(text))) {
    return new ModelFailure({
      code: "RATE_LIMITED",
      message: `The provider of ${label} limits how much may be asked for now.`,
      advice: waitSentence(retryAfterMs),
      retry: "now",
      retryAfterMs,
    });
  }
  if (statusCode === 413 || signs.tooLong.test(text)) {
    return new ModelFailure({
      code: "CONTEXT_TOO_LONG",
      message: `The request is longer than ${label} can read. Narrow the scope, shorten the prompt, or choose a model with a longer context.`,
      retry: "never",
    });
  }
  if (signs.refused.test(text)) return refused(description);
  if (statusCode === 404) {
    return new ModelFailure({
      code: "MODEL_NOT_FOUND",
      message: `The provider does not know the model ${description.modelId}, or its address is wrong.${said}`,
      retry: "never",
    });
  }
  if (
    statusCode === 408 ||
    statusCode === 409 ||
    (statusCode !== undefined && statusCode >= 500) ||
    signs.overloaded.test(text)
  ) {
    return unavailable({
      message: `The provider of ${label} has trouble now${statusCode === undefined ? "" : ` (HTTP ${statusCode})`}.`,
      advice: tryAgain,
      retry: "now",
      retryAfterMs,
    });
  }
  return unavailable({
    message: `The provider of ${label} refused the request${statusCode === undefined ? "" : ` (HTTP ${statusCode})`}.${said}`,
    retry: "later",
  });
}

function keyAdvice({
  facts: { keyVariable },
  keySource,
}: {
  facts: VendorFacts;
  keySource: VendorKey["source"] | undefined;
}): string {
  if (keySource === "environment") return `Check ${keyVariable} and start again.`;
  if (keySource === "stored") return "Paste another key in the settings.";
  return `Paste a key in the settings, or set ${keyVariable} and start again.`;
}

export function refused(description: ModelDescription): ModelFailure {
  return new ModelFailure({
    code: "MODEL_REFUSED",
    message: `The model ${description.label} refused to answer this request. Say it differently, or choose another model.`,
    retry: "later",
  });
}

function unavailable(options: {
  message: string;
  advice?: string;
  retry: "now" | "later" | "never";
  retryAfterMs?: number | undefined;
  cause?: unknown;
}): ModelFailure {
  return new ModelFailure({ code: "MODEL_UNAVAILABLE", ...options });
}

function* causesOf(error: unknown): Generator<unknown> {
  let link = error;
  for (let depth = 0; depth < 10 && link !== undefined && link !== null; depth += 1) {
    yield link;
    link = typeof link === "object" && "cause" in link ? link.cause : undefined;
  }
}

function readReport(error: unknown): ProviderReport | null {
  if (APICallError.isInstance(error)) {
    // If there is a cause, this error only wraps a failure below the protocol, and a status of 200 means nothing.
    if (error.statusCode === undefined || error.statusCode < 400) return null;
    return {
      statusCode: error.statusCode,
      text: readErrorText(error.responseBody ?? "") || error.message,
      retryAfterMs: readRetryAfterMs(error.responseHeaders ?? {}),
    };
  }
  if (StreamProviderError.isInstance(error)) {
    return {
      statusCode: error.statusCode,
      text: [error.type, error.code, error.message].filter((part) => part !== undefined).join(" "),
    };
  }
  // A stream event that is not a chunk but an error in the form `{"error": …}`.
  if (TypeValidationError.isInstance(error) && isRecord(error.value) && error.value.error !== undefined) {
    return { statusCode: undefined, text: readErrorText(JSON.stringify(error.value)) };
  }
  return null;
}

/** The text of an error body: the strings under `error` of JSON, the text of HTML. */
function readErrorText(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = isRecord(parsed) && parsed.error !== undefined ? parsed.error : parsed;
    if (!isRecord(error)) return String(error);
    return [error.type, error.code, error.message]
      .filter((part) => typeof part === "string" || typeof part === "number")
      .join(" ");
  } catch {
    return body.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, " ");
  }
}

function isMissingEnd(error: unknown): boolean {
  return InvalidResponseDataError.isInstance(error) && error.data === undefined;
}

function quote(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  if (words === "") return "";
  return ` It said: "${words.length > 200 ? `${words.slice(0, 200)}…` : words}"`;
}

function waitSentence(retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined
    ? "Try again in a minute, or choose another model."
    : `Try again in ${Math.ceil(retryAfterMs / 1_000)} s, or choose another model.`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
