import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { decodeText } from "./file-content.ts";

type ParsedLinkTarget = { status: "valid"; target: string } | { status: "invalid"; reason: string };

/**
 * Parses the content of the symbolic link at `path`, which is its target. The target must be inside the project
 * relative to the link, and need not exist. `..` is only allowed at its start: after a name it could step out of a
 * directory that is itself a link, and two links that seem to stay inside could together lead outside.
 */
export function parseLinkTarget({ path, content }: { path: FilePath; content: Uint8Array }): ParsedLinkTarget {
  const refuse = (reason: string): ParsedLinkTarget => ({ status: "invalid", reason });
  const target = decodeText(content);
  if (target === null) return refuse("The link's target is not text.");
  if (target === "") return refuse("The link has no target.");
  if (content.length > limits.pathBytes) return refuse(`The link's target is longer than ${limits.pathBytes} bytes.`);
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\u0000-\u001F\u007F]/.test(target)) return refuse("The link's target holds control characters.");
  if (/^(\/|[a-z]:|\\)/i.test(target)) return refuse(`The link leads out of the project, to ${target}.`);
  if (target.includes("\\")) return refuse("The link's target holds a backslash, which leads elsewhere on Windows.");
  // Git itself reads this file, and refuses to read it through a link.
  if (/(^|\/)\.gitmodules$/i.test(path)) return refuse(".gitmodules cannot be a link.");
  const place = path.split("/").slice(0, -1);
  let hasName = false;
  for (const segment of target.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") hasName = true;
    else if (hasName) return refuse("The link's target steps up behind a name; the steps up have to be at its start.");
    else if (place.pop() === undefined) return refuse(`The link leads out of the project, to ${target}.`);
    if (/^\.git$/i.test(segment)) return refuse("The link leads into a .git directory.");
  }
  return { status: "valid", target };
}
