import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "../extract-file-facts.ts";
import { buildModuleIndex } from "./module-index.ts";

const maxHops = 8;

type ReferenceTarget<Value> = { path: FilePath; name: string; group: string; value: Value };

/**
 * Resolves a name in a file: a declaration in the file, an import (also through re-exports), or, if the import leads
 * outside the project, the nearest declaration with that name. `libraryName` is the name without module and alias, for
 * names that no project file declares.
 */
export function createReferenceResolver<Value>({
  factsByPath,
  targets,
}: {
  factsByPath: ReadonlyMap<FilePath, FileFacts>;
  targets: readonly ReferenceTarget<Value>[];
}): (reference: { path: FilePath; name: string; group: string; except: Value }) => {
  found: Value | null;
  libraryName: string;
} {
  const modules = buildModuleIndex(factsByPath.keys());
  const byPlace = Map.groupBy(targets, ({ path, name, group }) => `${group} ${path}#${name}`);
  const byName = Map.groupBy(targets, ({ name, group }) => `${group} ${name}`);
  const folders = new Set([...factsByPath.keys()].flatMap((path) => path.split("/").slice(0, -1)));

  const findAt = ({ path, name, group, except }: { path: FilePath; name: string; group: string; except: Value }) =>
    byPlace.get(`${group} ${path}#${name}`)?.find(({ value }) => value !== except)?.value ?? null;
  const findNearest = ({ path, name, group, except }: { path: FilePath; name: string; group: string; except: Value }) =>
    byName
      .get(`${group} ${name}`)
      ?.filter(({ value }) => value !== except)
      .toSorted((a, b) => countShared(b.path, path) - countShared(a.path, path))[0]?.value ?? null;

  const resolve = (
    reference: { path: FilePath; name: string; group: string; except: Value },
    hops: number,
  ): { found: Value | null; libraryName: string } => {
    const { path, name } = reference;
    const lastPart = name.slice(name.lastIndexOf(".") + 1);
    const own = findAt(reference);
    if (own !== null) return { found: own, libraryName: lastPart };
    const imported = factsByPath.get(path)?.imports.find(({ local }) => name === local || name.startsWith(`${local}.`));
    if (imported === undefined) return { found: findNearest({ ...reference, name: lastPart }), libraryName: lastPart };
    const libraryName = name === imported.local ? (imported.name ?? lastPart) : lastPart;
    const target = modules.find({ module: imported.module, fromPath: path });
    if (target !== null && target !== path && hops < maxHops) {
      const through = resolve({ ...reference, path: target, name: libraryName }, hops + 1);
      if (through.found !== null) return through;
    }
    return {
      found: isFromProject({ module: imported.module, folders })
        ? findNearest({ ...reference, name: libraryName })
        : null,
      libraryName,
    };
  };
  return (reference) => resolve(reference, 0);
}

/** A relative module, an alias (`@/x`, `~/x`, `@scope/x`), or one that begins with a folder of the project. */
function isFromProject({ module, folders }: { module: string; folders: ReadonlySet<string> }): boolean {
  return /^[.@~#]/.test(module) || folders.has(/^[^./]*/.exec(module)?.[0] ?? "");
}

/** The number of leading folders that two paths have in common. */
export function countShared(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  const end = left.findIndex((part, index) => part !== right[index]);
  return end === -1 ? left.length : end;
}
