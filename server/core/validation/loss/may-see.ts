import type { Declaration } from "../declarations/list-declarations.ts";

/** Languages in which a file names the modules that it uses. */
const needsImport = /\.(?:pyi?|[cm]?[jt]sx?|vue|svelte)$/;

type Source = { path: string; text: string };

/** True if the language's rules let a file, in its current state, use another one's declarations. */
export function maySee({
  file,
  declaration: { kind, name, isPrivate },
  modulePath,
}: {
  file: Source;
  declaration: Declaration;
  modulePath: string;
}): boolean {
  if (file.path === modulePath) return true;
  // In Rust, nested modules see it too.
  if (isPrivate) return modulePath.endsWith(".rs") && file.path.startsWith(readDirectory(modulePath));
  if (modulePath.endsWith(".go")) return maySeeGo({ file, name, modulePath });
  return kind !== "symbol" || !needsImport.test(modulePath) || speaksOf({ file, path: modulePath });
}

/**
 * Lower-case names are private to their package, a directory; other files import the package by the end of its path.
 */
function maySeeGo({ file, name, modulePath }: { file: Source; name: string; modulePath: string }): boolean {
  const directory = readDirectory(modulePath);
  if (readDirectory(file.path) === directory) return true;
  if (/^[\p{Ll}_]/u.test(name)) return false;
  const importPath = `${directory.split("/").slice(-2).join("/")}"`;
  return directory === "" || file.text.includes(importPath);
}

function readDirectory(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function speaksOf({ file, path }: { file: Source; path: string }): boolean {
  const parts = path.replace(/\.[^./]*$/, "").split("/");
  const last = parts.pop() ?? "";
  const module = /^(?:index|__init__|mod|main)$/.test(last) ? (parts.pop() ?? last) : last;
  return file.text.includes(module);
}
