import { AppError } from "#lib/errors.ts";

const loopbackNames: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Refuses cross-site requests. The Host allow-list prevents DNS rebinding; the Origin check prevents forged posts,
 * which CORS allows for simple content types. Requests without an Origin, such as curl's and CI's, are served.
 */
export function guardRequest({
  method,
  headers,
  host: servedHost,
}: {
  method: string;
  headers: Headers;
  host: string;
}): AppError | null {
  const host = headers.get("host") ?? "";
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (!loopbackNames.has(name) && name !== servedHost.toLowerCase())
    return refuse(`Graft does not answer to the host ${JSON.stringify(host)}.`);
  const origin = headers.get("origin");
  if (origin !== null && !isSameHost({ origin, host }))
    return refuse(`Requests from ${JSON.stringify(origin)} are not accepted.`);
  if (isPartOfAnotherSite(headers))
    return refuse("Pages of other sites may link to Graft but not load anything from it.");
  const isSafe = method === "GET" || method === "HEAD" || method === "OPTIONS";
  if (!isSafe && headers.get("sec-fetch-site") === "cross-site")
    return refuse("Requests from other sites are not accepted.");
  return null;
}

/** An image, a script or a frame that another site's page requests; a link that a user follows is a document. */
function isPartOfAnotherSite(headers: Headers): boolean {
  if (headers.get("sec-fetch-site") !== "cross-site") return false;
  const destination = headers.get("sec-fetch-dest");
  return destination !== null && destination !== "document";
}

function isSameHost({ origin, host }: { origin: string; host: string }): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

function refuse(reason: string): AppError {
  return new AppError({
    code: "FORBIDDEN_ORIGIN",
    message: `${reason} Nothing was changed. Open Graft at the address that it printed when it started.`,
  });
}
