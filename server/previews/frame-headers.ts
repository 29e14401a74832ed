/** Of one connection: RFC 9110, 7.6.1. */
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

/** Headers in pairs, as they came, without those that are of one connection. */
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
 * An answer's headers. The page is shown in a frame of Graft and in no other's, whatever the program says of frames; a
 * cookie stays on the preview's own host.
 */
export function frameHeaders({
  rawHeaders,
  frameAncestors,
}: {
  rawHeaders: RawHeaders;
  /** The origins that Graft is served on. */
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
