import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { locateModules } from "./locate-module.ts";
import { listImports } from "./list-imports.ts";
import type { ValidationInput } from "./validator.ts";

/**
 * Groups changed files that belong together: one imports the other, before or after the change, or the same rename
 * affects both. Maps each changed path to the first path of its group.
 */
export function groupChanges({
  input: { changedFiles, deletedFiles, sourceParser },
  issues,
}: {
  input: ValidationInput;
  issues: readonly ValidationIssue[];
}): ReadonlyMap<FilePath, FilePath> {
  const groups = new Map<FilePath, FilePath>();
  for (const { path } of [...changedFiles, ...deletedFiles]) groups.set(path, path);
  const find = (path: FilePath): FilePath => {
    const parent = groups.get(path) ?? path;
    return parent === path ? path : find(parent);
  };
  const join = (one: FilePath, other: FilePath) => {
    const [first, second] = [find(one), find(other)].toSorted();
    if (first !== undefined && second !== undefined) groups.set(second, first);
  };
  for (const { paths = [] } of issues) for (const path of paths) if (groups.has(path)) join(path, paths[0] ?? path);
  const now = changedFiles.map(({ path }) => path);
  const places = [
    ...changedFiles.map(({ path, previousPath = path }) => ({ place: previousPath, path })),
    ...deletedFiles.map(({ path }) => ({ place: path, path })),
  ];
  const oldPaths = places.map(({ place }) => place);
  const visit = (importer: { path: FilePath; place: FilePath; text: string }, paths: readonly FilePath[]) => {
    for (const imported of listImports({ path: importer.place, text: importer.text, sourceParser })) {
      for (const target of locateModules({ importer: importer.place, imported, paths })) {
        const owner = places.find(({ place, path }) => place === target || path === target)?.path;
        if (owner !== undefined) join(importer.path, owner);
      }
    }
  };
  for (const { path, previousPath = path, before, after } of changedFiles) {
    visit({ path, place: path, text: after }, now);
    if (before !== null) visit({ path, place: previousPath, text: before }, oldPaths);
  }
  for (const { path, before } of deletedFiles) visit({ path, place: path, text: before }, oldPaths);
  return new Map([...groups.keys()].map((path) => [path, find(path)]));
}
