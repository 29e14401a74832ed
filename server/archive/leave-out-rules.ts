import type { LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";

/** Paths of the archive's files, and whether a path is among them. */
type Surroundings = { hasFile: (path: string) => boolean };

type LeaveOutRule = {
  group: LeaveOutGroup;
  /** Matches one path segment; a matching directory is skipped with everything in it. */
  name: RegExp;
  appliesTo: "directory" | "file" | "both";
  /**
   * For names that are not enough alone. @param directory the path of the segment's parent, empty or ending in a slash
   */
  isEvident?: (place: Surroundings & { directory: string; name: string }) => boolean;
};

/**
 * The only list of what imports skip by default. An entry is listed only if a tool recreates it: a file system, git, a
 * package manager or a build. If a name is also an ordinary one, a file beside it or inside it decides.
 *
 * Not listed: `dist` and `build`, which projects commit, and Go's `vendor`, which its builds read from the repository.
 */
const leaveOutRules: readonly LeaveOutRule[] = [
  { group: "desktop", appliesTo: "directory", name: /^(__MACOSX|\.Spotlight-V100|\.Trashes|\.fseventsd)$/ },
  // Finder's folder icons have a name that ends in a carriage return.
  { group: "desktop", appliesTo: "file", name: /^(\._.*|\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r)$/ },
  { group: "version-control", appliesTo: "both", name: /^\.git$/ },
  { group: "version-control", appliesTo: "directory", name: /^\.(hg|svn|jj)$/ },
  { group: "dependencies", appliesTo: "directory", name: /^(node_modules|\.pnpm-store|\.terraform)$/ },
  { group: "dependencies", appliesTo: "directory", name: /^bower_components$/, isEvident: isBeside("bower.json") },
  {
    group: "dependencies",
    appliesTo: "directory",
    name: /^(\.?venv|\.?env|virtualenv)$/,
    isEvident: contains("pyvenv.cfg"),
  },
  {
    group: "dependencies",
    appliesTo: "directory",
    name: /^vendor$/,
    isEvident: ({ hasFile, directory }) =>
      hasFile(`${directory}composer.json`) && hasFile(`${directory}vendor/autoload.php`),
  },
  { group: "dependencies", appliesTo: "directory", name: /^Pods$/, isEvident: isBeside("Podfile") },
  {
    group: "build",
    appliesTo: "directory",
    name: /^(__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.nox|\.next|\.nuxt|\.svelte-kit|\.turbo|\.parcel-cache|\.gradle|\.dart_tool)$/,
  },
  {
    group: "build",
    appliesTo: "directory",
    name: /^target$/,
    isEvident: ({ hasFile, directory }) => hasFile(`${directory}Cargo.toml`) || hasFile(`${directory}pom.xml`),
  },
  {
    group: "build",
    appliesTo: "directory",
    name: /^obj$/,
    isEvident: contains("project.assets.json"),
  },
];

function isBeside(fileName: string): NonNullable<LeaveOutRule["isEvident"]> {
  return ({ hasFile, directory }) => hasFile(`${directory}${fileName}`);
}

function contains(fileName: string): NonNullable<LeaveOutRule["isEvident"]> {
  return ({ hasFile, directory, name }) => hasFile(`${directory}${name}/${fileName}`);
}

type LeftOutMatch = {
  /** The file itself, or the containing directory, which ends in a slash. */
  path: string;
  group: LeaveOutGroup;
};

/**
 * Returns a function that finds the rule of `groups` that skips a file or one of its directories; null if there is
 * none.
 */
export function createLeaveOutMatcher({
  groups,
  hasFile,
}: {
  groups: ReadonlySet<LeaveOutGroup>;
} & Surroundings): (path: string) => LeftOutMatch | null {
  const rules = leaveOutRules.filter(({ group }) => groups.has(group));
  const matchByDirectory = new Map<string, LeftOutMatch | null>([["", null]]);

  const matchName = ({ path, kind }: { path: string; kind: "directory" | "file" }): LeftOutMatch | null => {
    const directory = path.slice(0, path.lastIndexOf("/") + 1);
    const name = path.slice(directory.length);
    const rule = rules.find(
      ({ appliesTo, name: pattern, isEvident }) =>
        (appliesTo === "both" || appliesTo === kind) &&
        pattern.test(name) &&
        (isEvident?.({ hasFile, directory, name }) ?? true),
    );
    return rule === undefined ? null : { path: kind === "directory" ? `${path}/` : path, group: rule.group };
  };
  const matchDirectory = (directory: string): LeftOutMatch | null => {
    const known = matchByDirectory.get(directory);
    if (known !== undefined) return known;
    const match = matchDirectory(parentOf(directory)) ?? matchName({ path: directory, kind: "directory" });
    matchByDirectory.set(directory, match);
    return match;
  };
  return (path) => matchDirectory(parentOf(path)) ?? matchName({ path, kind: "file" });
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
