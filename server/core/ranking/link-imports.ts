import type { FileIndex } from "./file-index.ts";

/** An import that matches more files than this is ignored. */
const maxTargets = 6;

const sourceEnding =
  /\.(?:d\.ts|[cm]?[jt]sx?|vue|svelte|astro|mdx?|pyi?|java|kts?|scala|groovy|go|rs|rb|php|cs|c|cc|cpp|h|hpp|m|css|scss|sass|less|html?)$/;
const indexName = /^(?:index|__init__|mod|lib|main)$/;

export type ImportLinks = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Links between the files of a tree by imports, in both directions. Specifiers are matched with the ends of paths, so
 * that aliases (`@/lib/user`), packages (`app.models.user`, `github.com/org/repo/user`) and relative paths need no
 * configuration.
 */
export function linkImports(indexes: ReadonlyMap<string, FileIndex>): ImportLinks {
  const steps = linkFileByFile(indexes);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** `linkImports` for a caller that yields after each file. */
export function* linkFileByFile(indexes: ReadonlyMap<string, FileIndex>): Generator<void, ImportLinks> {
  const bySegment = groupByLastSegment(indexes.keys());
  const linked = new Map<string, Set<string>>();
  const link = (from: string, to: string) => {
    const known = linked.get(from);
    if (known === undefined) linked.set(from, new Set([to]));
    else known.add(to);
  };
  const resolved = new Map<string, readonly string[]>();
  for (const [path, { imports }] of indexes) {
    for (const specifier of imports) {
      const segments = toSegments({ importer: path, specifier });
      if (segments === null) continue;
      const key = `${segments.isExact ? "" : "*"}${segments.names.join("/")}`;
      let targets = resolved.get(key);
      if (targets === undefined) {
        targets = findTargets({ ...segments, bySegment });
        resolved.set(key, targets);
      }
      for (const target of targets) {
        if (target === path) continue;
        link(path, target);
        link(target, path);
      }
    }
    yield;
  }
  return linked;
}

type PathBySegment = ReadonlyMap<string, readonly { path: string; segments: readonly string[] }[]>;

/** Paths without extension, by their last segment; an index file is also listed under its directory's name. */
function groupByLastSegment(paths: Iterable<string>): PathBySegment {
  const groups = new Map<string, { path: string; segments: readonly string[] }[]>();
  const add = (entry: { path: string; segments: readonly string[] }) => {
    const last = entry.segments.at(-1);
    if (last === undefined) return;
    const group = groups.get(last);
    if (group === undefined) groups.set(last, [entry]);
    else group.push(entry);
  };
  for (const path of paths) {
    const segments = path.replace(sourceEnding, "").split("/");
    add({ path, segments });
    const isPackageMember = path.endsWith(".go");
    if (isPackageMember || indexName.test(segments.at(-1) ?? "")) add({ path, segments: segments.slice(0, -1) });
  }
  return groups;
}

/** The imported path as segments; `isExact` if it is known from the root on. Null for what is surely a package. */
function toSegments({
  importer,
  specifier,
}: {
  importer: string;
  specifier: string;
}): { names: string[]; isExact: boolean } | null {
  const directory = importer.split("/").slice(0, -1);
  if (/\.pyi?$/.test(importer)) {
    const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(specifier) ?? [];
    const names = rest.split(".").filter((name) => name !== "");
    if (dots === "") return { names, isExact: false };
    return {
      names: [...directory.slice(0, directory.length - (dots.length - 1) || undefined), ...names],
      isExact: true,
    };
  }
  if (specifier.startsWith(".")) {
    const names = [...directory];
    for (const name of specifier
      .replace(/[?#].*$/, "")
      .replace(sourceEnding, "")
      .split("/")) {
      if (name === "..") names.pop();
      else if (name !== "." && name !== "") names.push(name);
    }
    return { names, isExact: true };
  }
  const names = specifier
    .replace(sourceEnding, "")
    .split(/::|[/\\.]/)
    .filter((name) => name !== "" && !/^[@~#]$/.test(name) && name !== "crate" && name !== "self" && name !== "super");
  return names.length === 0 ? null : { names, isExact: false };
}

function findTargets({
  names,
  isExact,
  bySegment,
}: {
  names: string[];
  isExact: boolean;
  bySegment: PathBySegment;
}): string[] {
  // `from app.models import user` and `import app.models.User` may name the module or something in it.
  for (const wanted of isExact ? [names] : [names, names.slice(0, -1)]) {
    const last = wanted.at(-1);
    if (last === undefined) continue;
    const fitting = (bySegment.get(last) ?? []).map(({ path, segments }) => ({
      path,
      shared: countSharedEnd(wanted, segments),
      isWhole: segments.length === wanted.length,
    }));
    if (isExact) {
      const exact = fitting.filter(({ shared, isWhole }) => isWhole && shared === wanted.length);
      return exact.slice(0, maxTargets).map(({ path }) => path);
    }
    const best = Math.max(0, ...fitting.map(({ shared }) => shared));
    if (best < Math.min(2, wanted.length)) continue;
    const nearest = fitting.filter(({ shared }) => shared === best);
    if (nearest.length <= maxTargets) return nearest.map(({ path }) => path);
  }
  return [];
}

function countSharedEnd(wanted: readonly string[], segments: readonly string[]): number {
  let shared = 0;
  while (
    shared < wanted.length &&
    shared < segments.length &&
    wanted[wanted.length - 1 - shared] === segments[segments.length - 1 - shared]
  )
    shared += 1;
  return shared;
}
