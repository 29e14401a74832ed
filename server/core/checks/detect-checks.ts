import { limits } from "#lib/contracts/limits.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findPackageManager } from "./plan-installs.ts";
import { quoteForShell } from "./quote-for-shell.ts";
import { listFolders, readPackageJson, type ProjectFolder } from "./read-manifests.ts";

type FoundCheck = { name: string; command: string; source: string };

/** In the order in which checks are shown and run: quick ones first. */
const kinds = ["types", "lint", "tests", "build"] as const;
type Kind = (typeof kinds)[number];
type Candidate = { kind: Kind; command: string; source: string };

/**
 * The checks that a version's files suggest. A project's own scripts take precedence over defaults of its tools, and
 * Makefile targets add what is missing.
 */
export function detectChecks({
  paths,
  texts,
}: {
  paths: readonly FilePath[];
  /** The texts of files that `listManifests` names. */
  texts: ReadonlyMap<FilePath, string>;
}): FoundCheck[] {
  const folders = listFolders({ paths, texts });
  const found = folders.flatMap((folder) => {
    const candidates = [
      ...fromPackageJson({ folder, folders }),
      ...fromPython({ folder, paths }),
      ...fromCargo(folder),
      ...fromGo(folder),
    ];
    const kept = [...candidates, ...fromMakefile({ folder, taken: new Set(candidates.map(({ kind }) => kind)) })];
    return kinds.flatMap((kind) => nameKind({ kind, folder, candidates: kept.filter((one) => one.kind === kind) }));
  });
  return found.slice(0, limits.projectChecks);
}

/** `tests`, `tests (frontend)`; if a folder has two languages, the second is named after its source. */
function nameKind({
  kind,
  folder: { directory },
  candidates,
}: {
  kind: Kind;
  folder: ProjectFolder;
  candidates: readonly Candidate[];
}): FoundCheck[] {
  return candidates.map(({ command, source }, index) => {
    const notes = [directory, index === 0 ? "" : source].filter((note) => note !== "");
    const name = notes.length === 0 ? kind : `${kind} (${notes.join(", ")})`;
    return {
      name: name.slice(0, limits.checkNameCharacters),
      command: directory === "" ? command : `cd ${quoteForShell(directory)} && ${command}`,
      source: directory === "" ? source : `${directory}/${source}`,
    };
  });
}

const scriptNames: Readonly<Record<Kind, readonly string[]>> = {
  types: ["typecheck", "type-check", "check-types", "check:types", "types", "tsc"],
  lint: ["lint"],
  tests: ["test"],
  build: ["build"],
};

/** The script that `npm init` writes for a package without tests. */
const noTest = /no test specified/;

function fromPackageJson({
  folder,
  folders,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
}): Candidate[] {
  const manifest = readPackageJson(folder.texts.get("package.json"));
  if (manifest === null) return [];
  const manager = findPackageManager({ folder, folders });
  const scripts = kinds.flatMap((kind): Candidate[] => {
    const script = scriptNames[kind].find((name) => {
      const text = manifest.scripts[name];
      return text !== undefined && !noTest.test(text);
    });
    if (script === undefined) return [];
    const command = script === "test" ? `${manager} test` : `${manager} run ${script}`;
    return [{ kind, command, source: "package.json" }];
  });
  const hasTypes = scripts.some(({ kind }) => kind === "types");
  return !hasTypes && folder.names.has("tsconfig.json") && manifest.dependencies.has("typescript")
    ? [{ kind: "types", command: "npx --no-install tsc --noEmit", source: "tsconfig.json" }, ...scripts]
    : scripts;
}

const pythonManifests = ["pyproject.toml", "requirements.txt", "requirements-dev.txt", "setup.cfg", "tox.ini"];
const pythonTest = /(^|\/)(test_[^/]+|[^/]+_test)\.py$/;

function fromPython({ folder, paths }: { folder: ProjectFolder; paths: readonly FilePath[] }): Candidate[] {
  const { directory, names, texts } = folder;
  const manifest = pythonManifests.find((name) => names.has(name));
  const hasSource = [...names].some((name) => name.endsWith(".py"));
  // A folder of sources inside a project is not a project of its own.
  if (manifest === undefined && !(hasSource && directory === "")) return [];
  const source = manifest ?? "*.py";
  const words = pythonManifests.map((name) => texts.get(name) ?? "").join("\n");
  const speaksOf = (tool: string) => new RegExp(`(^|[^\\w-])${tool}([^\\w-]|$)`, "m").test(words);
  const found: Candidate[] = [{ kind: "build", command: "python3 -m compileall -q .", source }];
  if (speaksOf("mypy")) found.push({ kind: "types", command: "python3 -m mypy .", source });
  if (speaksOf("ruff"))
    found.push({ kind: "lint", command: "python3 -m ruff check --output-format concise .", source });
  const hasTests = paths.some(
    (path) => path.startsWith(directory === "" ? "" : `${directory}/`) && pythonTest.test(path),
  );
  if (speaksOf("pytest") || names.has("pytest.ini") || names.has("conftest.py"))
    found.push({ kind: "tests", command: "python3 -m pytest -q", source });
  else if (hasTests) found.push({ kind: "tests", command: "python3 -m unittest discover -v", source });
  return found;
}

function fromCargo({ names }: ProjectFolder): Candidate[] {
  if (!names.has("Cargo.toml")) return [];
  return [
    { kind: "tests", command: "cargo test --offline", source: "Cargo.toml" },
    { kind: "build", command: "cargo build --offline", source: "Cargo.toml" },
  ];
}

function fromGo({ names }: ProjectFolder): Candidate[] {
  if (!names.has("go.mod")) return [];
  return [
    { kind: "lint", command: "go vet ./...", source: "go.mod" },
    { kind: "tests", command: "go test ./...", source: "go.mod" },
    { kind: "build", command: "go build ./...", source: "go.mod" },
  ];
}

const targetNames: Readonly<Record<Kind, readonly string[]>> = {
  types: ["typecheck", "types"],
  lint: ["lint"],
  tests: ["test", "tests"],
  build: ["build"],
};

function fromMakefile({ folder, taken }: { folder: ProjectFolder; taken: ReadonlySet<Kind> }): Candidate[] {
  const text = folder.texts.get("Makefile");
  if (text === undefined) return [];
  const targets = new Set(Array.from(text.matchAll(/^([\w-]+)\s*:(?!=)/gm), ([, name]) => name));
  return kinds.flatMap((kind): Candidate[] => {
    const target = taken.has(kind) ? undefined : targetNames[kind].find((name) => targets.has(name));
    return target === undefined ? [] : [{ kind, command: `make ${target}`, source: "Makefile" }];
  });
}
