/** Hop-by-hop headers: RFC 9110, 7.6.1. */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

type RawHeaders = readonly string[];

/** Headers in pairs, in order, without hop-by-hop headers. */
export function forwardHeaders(rawHeaders: RawHeaders): string[] {
  const named = new Set(
    listPairs(rawHeaders).flatMap(([name, value]) =>
      name.toLowerCase() === "connection" ? value.split(",").map((word) => word.trim().toLowerCase()) : [],
    ),
  );
  return listPairs(rawHeaders)
    .filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.has(name.toLowerCase()))
    .flat();
}

/**
 * The headers of a response. Only Graft can show the page in a frame, whatever the program's headers say; cookies stay
 * on the preview's own host.
 */
export function frameHeaders({
  rawHeaders,
  frameAncestors,
}: {
  rawHeaders: RawHeaders;
  /** The origins of Graft's pages. */
  frameAncestors: readonly string[];
}): string[] {
  const kept = listPairs(forwardHeaders(rawHeaders)).flatMap(([name, value]): [string, string][] => {
    switch (name.toLowerCase()) {
      case "x-frame-options":
        return [];
      case "content-security-policy": {
        const policy = withoutFrameAncestors(value);
        return policy === "" ? [] : [[name, policy]];
      }
      case "set-cookie":
        return [[name, value.replace(/;\s*domain=[^;]*/gi, "")]];
      default:
        return [[name, value]];
    }
  });
  return [...kept, ["Content-Security-Policy", `frame-ancestors 'self' ${frameAncestors.join(" ")}`]].flat();
}

function withoutFrameAncestors(value: string): string {
  return value
    .split(",")
    .map((policy) =>
      policy
        .split(";")
        .map((directive) => directive.trim())
        .filter((directive) => directive !== "" && !/^frame-ancestors(\s|$)/i.test(directive))
        .join("; "),
    )
    .filter((policy) => policy !== "")
    .join(", ");
}

function listPairs(rawHeaders: RawHeaders): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    pairs.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  return pairs;
}
