import type { FilePath } from "#lib/contracts/ids.ts";
import type { ImportedModule } from "./list-imports.ts";

/**
 * Resolves an import among some files by the end of its path: `./note` and `@/models/note` both match
 * `src/models/note.ts`, from a file beside it or anywhere.
 */
export function locateModules({
  importer,
  imported: { specifier, names },
  paths,
}: {
  importer: FilePath;
  imported: Pick<ImportedModule, "specifier" | "names">;
  paths: readonly FilePath[];
}): FilePath[] {
  const isPython = /\.pyi?$/.test(importer);
  const wanted = (isPython ? [specifier, ...names.map((name) => joinPython(specifier, name))] : [specifier]).map(
    (module) => (isPython ? toPythonParts({ importer, module }) : toScriptParts({ importer, module })),
  );
  return paths.filter((path) => {
    const parts = toModuleParts(path);
    return wanted.some((module) => module.length > 0 && endsWith({ parts, module }));
  });
}

function joinPython(module: string, name: string): string {
  return module.endsWith(".") ? module + name : `${module}.${name}`;
}

function toModuleParts(path: string): string[] {
  const parts = path.replace(/(?:\.d)?\.[^./]+$/, "").split("/");
  return /^(?:index|__init__)$/.test(parts.at(-1) ?? "") ? parts.slice(0, -1) : parts;
}

function toPythonParts({ importer, module }: { importer: string; module: string }): string[] {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/s.exec(module) ?? [];
  const parts = rest === "" ? [] : rest.split(".");
  return dots === "" ? parts : [...importer.split("/").slice(0, -dots.length), ...parts];
}

function toScriptParts({ importer, module }: { importer: string; module: string }): string[] {
  const parts = module.replace(/\.[cm]?[jt]sx?$/, "").split("/");
  if (!module.startsWith(".")) return parts.filter((part) => !/^[@~#]/.test(part));
  const resolved = importer.split("/").slice(0, -1);
  for (const part of parts) {
    if (part === "..") resolved.pop();
    else if (part !== "." && part !== "") resolved.push(part);
  }
  return /^(?:index)$/.test(resolved.at(-1) ?? "") ? resolved.slice(0, -1) : resolved;
}

function endsWith({ parts, module }: { parts: readonly string[]; module: readonly string[] }): boolean {
  return (
    module.length <= parts.length && module.every((part, index) => parts[parts.length - module.length + index] === part)
  );
}
