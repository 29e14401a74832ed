import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "../extract-file-facts.ts";
import { buildModuleIndex } from "./module-index.ts";

/**
 * Replaces a constant's name in a prefix by its value: `/<settings.API_PREFIX>/users` becomes `/api/users`. The
 * constant is searched in the file, then where its name is imported from, then in the whole project if it has a unique
 * value there. An unresolved name stays in angle brackets.
 */
export function createPrefixResolver(
  factsByPath: ReadonlyMap<FilePath, FileFacts>,
): (source: { path: FilePath; prefix: string }) => string {
  const modules = buildModuleIndex(factsByPath.keys());
  const valuesByName = new Map<string, Set<string>>();
  for (const { pathConstants } of factsByPath.values())
    for (const { name, value } of pathConstants)
      valuesByName.set(name, (valuesByName.get(name) ?? new Set()).add(value));

  const findIn = (path: FilePath | null, name: string) =>
    path === null ? undefined : factsByPath.get(path)?.pathConstants.find((each) => each.name === name)?.value;

  return ({ path, prefix }) =>
    prefix.replace(/\/?<([\w.]+)>/g, (whole, expression: string) => {
      const name = expression.slice(expression.lastIndexOf(".") + 1);
      const [root = ""] = expression.split(".");
      const imported = factsByPath.get(path)?.imports.find(({ local }) => local === root || local === expression);
      const module = imported === undefined ? null : modules.find({ module: imported.module, fromPath: path });
      const values = [...(valuesByName.get(name) ?? [])];
      return (
        findIn(path, name) ??
        findIn(module, imported?.local === expression ? (imported.name ?? name) : name) ??
        (values.length === 1 ? (values[0] ?? whole) : whole)
      );
    });
}
