import { parse as parseToml } from "smol-toml";

const requirementsFile =
  /(?:^|\/)(?:requirements[^/]*|constraints[^/]*)\.(?:txt|in)$|(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/i;

/**
 * The packages that a manifest lists: package.json, pyproject.toml, requirements files. Python names are normalised,
 * because `Flask_Login` and `flask-login` are the same. Empty for other paths, and for unreadable manifests.
 */
export function listDependencies({ path, text }: { path: string; text: string }): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    if (name === "package.json") return listNpmDependencies(JSON.parse(text.replace(/^\uFEFF/, "")));
    if (name === "pyproject.toml") return listPyprojectDependencies(parseToml(text.replace(/^\uFEFF/, "")));
  } catch {
    return [];
  }
  return requirementsFile.test(path) ? unique(text.split("\n").flatMap((line) => readRequirement(line) ?? [])) : [];
}

function listNpmDependencies(manifest: unknown): string[] {
  const groups = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
  return unique(groups.flatMap((group) => Object.keys(readTable(manifest, group))));
}

/** PEP 621 and 735 lists, and Poetry's tables. */
function listPyprojectDependencies(manifest: unknown): string[] {
  const project = readTable(manifest, "project");
  const poetry = readTable(readTable(manifest, "tool"), "poetry");
  const lists = [
    project["dependencies"],
    ...Object.values(readTable(project, "optional-dependencies")),
    ...Object.values(readTable(manifest, "dependency-groups")),
  ];
  const required = lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((item) => (typeof item === "string" ? (readRequirement(item) ?? []) : []));
  const groups = [poetry, ...Object.values(readTable(poetry, "group"))];
  const named = groups.flatMap((group) =>
    ["dependencies", "dev-dependencies"].flatMap((key) => Object.keys(readTable(group, key))),
  );
  return unique([...required, ...named.map(normalizePythonName)].filter((name) => name !== "python"));
}

function readTable(value: unknown, key: string): Record<string, unknown> {
  const table: unknown =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof table === "object" && table !== null && !Array.isArray(table) ? (table as Record<string, unknown>) : {};
}

/** The package that a requirement line names; null for options, comments, paths and addresses. */
function readRequirement(line: string): string | null {
  const name = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:[=<>!~;@#(,]|$)/.exec(line)?.[1];
  return name === undefined ? null : normalizePythonName(name);
}

function normalizePythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
