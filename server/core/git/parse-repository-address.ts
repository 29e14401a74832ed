export type RepositoryAddress = { type: "url"; url: URL } | { type: "folder"; path: string };

type ParsedAddress = RepositoryAddress | { type: "refused"; reason: string };

/**
 * Parses what a user enters as a repository's address: an https address, or a folder of the host. Refuses addresses
 * that need credentials and protocols that may start programs, with what to do.
 */
export function parseRepositoryAddress({
  text,
  allowsPrivate,
}: {
  text: string;
  /** Allows plain http too: a self-hosted server may have no certificate. */
  allowsPrivate: boolean;
}): ParsedAddress {
  const address = text.trim();
  if (address === "" || /\p{Cc}/u.test(address)) return refuse("This is no address of a repository.");
  if (/^(\/|~(\/|$)|[a-z]:[\\/])/i.test(address)) return { type: "folder", path: address };
  if (/^[\w.-]+\.[a-z]+\/\S+$/i.test(address))
    return parseRepositoryAddress({ text: `https://${address}`, allowsPrivate });
  if (/^(ssh|git\+ssh):/i.test(address) || /^[\w.-]+@[\w.-]+:/.test(address))
    return refuse("Graft has no key for ssh. Use the https address, or clone it yourself and open the folder.");
  if (!URL.canParse(address)) return refuse("This is neither an https address nor a path that begins with /.");
  const url = new URL(address);
  if (url.protocol === "http:" && !allowsPrivate)
    return refuse("Graft fetches over https alone. Use the https address.");
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return refuse(
      `Graft does not fetch by ${url.protocol.replace(":", "")}. Use the https address, or a path that begins with /.`,
    );
  if (url.username !== "" || url.password !== "")
    return refuse(
      "The address holds a name or a password, and Graft keeps none. Clone it yourself and open the folder, or push it to /git/new/<name>.git.",
    );
  url.hash = "";
  return { type: "url", url };
}

function refuse(reason: string): ParsedAddress {
  return { type: "refused", reason };
}

/** The default project name: the last part of the source's path. */
export function nameRepository(address: RepositoryAddress): string {
  const path = address.type === "url" ? decode(address.url.pathname) : address.path;
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".git" && part !== "~");
  return (parts.at(-1) ?? "").replace(/\.(git|bundle)$/i, "").trim();
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
