import type { FilePath } from "#lib/contracts/ids.ts";
import { parseFilePath, type ParsedFilePath } from "../file-path.ts";

/** The files that a path may refer to, in their current state. */
export type KnownPaths = { has: (path: FilePath) => boolean; list: () => readonly FilePath[] };

export type ResolvedPath =
  | { status: "valid"; path: FilePath }
  | { status: "invalid"; reason: string }
  | { status: "unknown"; candidates: FilePath[] };

/**
 * Resolves the path that an author means: as written, or in one of the forms that models use for project files,
 * `./src/a.py`, `/src/a.py` and `src\a.py`. The last two only match existing files; for a new file they are invalid.
 */
export function resolveNamedPath({ text, paths }: { text: string; paths: KnownPaths }): ParsedFilePath {
  const parsed = parseFilePath(stripDotSlash(text));
  if (parsed.status === "valid") return parsed;
  const relative = parseFilePath(stripDotSlash(text.replaceAll("\\", "/")).replace(/^\/+/, ""));
  return relative.status === "valid" && paths.has(relative.path) ? relative : parsed;
}

/** Resolves an existing file to read or edit, also by the end of its path if that is unique. */
export function resolveExistingPath({ text, paths }: { text: string; paths: KnownPaths }): ResolvedPath {
  const named = resolveNamedPath({ text, paths });
  if (named.status === "valid" && paths.has(named.path)) return named;
  const parsed = parseFilePath(stripDotSlash(text.replaceAll("\\", "/")).replace(/^\/+/, ""));
  if (parsed.status === "invalid") return parsed;
  const baseName = parsed.path.slice(parsed.path.lastIndexOf("/") + 1);
  const sameName = paths.list().filter((path) => path === baseName || path.endsWith(`/${baseName}`));
  const endsAlike = sameName.filter((path) => path.endsWith(`/${parsed.path}`) || parsed.path.endsWith(`/${path}`));
  const [only] = endsAlike;
  return only !== undefined && endsAlike.length === 1
    ? { status: "valid", path: only }
    : { status: "unknown", candidates: sameName.slice(0, 10) };
}

function stripDotSlash(path: string): string {
  return path.replace(/^(?:\.\/)+/, "");
}
