import type { Declaration } from "../declarations/list-declarations.ts";

/** Languages in which a file names the module of what it uses. */
const needsImport = /\.(?:pyi?|[cm]?[jt]sx?|vue|svelte)$/;

type Source = { path: string; text: string };

/** True where the rules of the language let a file, as it reads now, use what another one declares. */
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
  // In Rust the modules below see it too.
  if (isPrivate) return modulePath.endsWith(".rs") && file.path.startsWith(readDirectory(modulePath));
  if (modulePath.endsWith(".go")) return maySeeGo({ file, name, modulePath });
  return kind !== "symbol" || !needsImport.test(modulePath) || speaksOf({ file, path: modulePath });
}

/** Names in lower case belong to their package, a directory; other files import it by the end of its path. */
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
