/** `import module as alias` without a name, otherwise `from module import name as alias`. */
export type PythonImport = { module: string; name?: string; alias?: string };

/** Code, and the imports that it needs. */
export type PythonCode = { code: string; imports: PythonImport[] };

/** The default line length of black and ruff. */
export const maxPythonLineLength = 88;

const standardModules: ReadonlySet<string> = new Set(
  "abc asyncio base64 collections contextlib copy dataclasses datetime decimal enum functools hashlib itertools json logging math os pathlib random re secrets string sys time typing unittest urllib uuid zoneinfo".split(
    " ",
  ),
);

/** Packages used by generated and imported FastAPI projects; any other name counts as the project's own. */
const installedPackages: ReadonlySet<string> = new Set(
  "alembic celery dotenv email_validator factory faker fastapi fastapi_pagination fastapi_users flask flask_sqlalchemy geoalchemy2 httpx jose jwt loguru mako passlib psycopg psycopg2 pydantic pydantic_settings pytest pytest_asyncio redis requests slowapi sqlalchemy sqlalchemy_utils sqlmodel starlette structlog typing_extensions uvicorn".split(
    " ",
  ),
);

/** Import lines in the order of ruff and isort, with blank lines between groups and no trailing newline. */
export function renderPythonImports(imports: PythonImport[]): string {
  const groups = [-1, 0, 1, 2].map((rank) =>
    renderGroup(imports.filter(({ module }) => rankPythonModule(module) === rank)),
  );
  return groups.filter((group) => group !== "").join("\n\n");
}

/** `head(a, b)tail` on one line, or one argument per line if that is too long. `indent` is the line's own. */
export function renderPythonCall({
  indent,
  head,
  args,
  tail = "",
}: {
  indent: string;
  head: string;
  args: string[];
  tail?: string;
}): string {
  const oneLine = `${indent}${head}(${args.join(", ")})${tail}`;
  if (oneLine.length <= maxPythonLineLength) return oneLine;
  const hugging = `${indent}${head}(\n${indent}    ${args.join(", ")}\n${indent})${tail}`;
  if (hugging.split("\n").every((line) => line.length <= maxPythonLineLength)) return hugging;
  return `${indent}${head}(\n${args.map((argument) => `${indent}    ${argument},\n`).join("")}${indent})${tail}`;
}

/** A Python string literal with double quotes. All JSON escapes are valid in Python. */
export function quotePython(text: string): string {
  return JSON.stringify(text);
}

/** 0 for the standard library, 1 for installed packages, 2 for the project's own modules. */
export function rankPythonModule(module: string): number {
  const top = module.split(".")[0] ?? module;
  if (top === "__future__") return -1;
  if (standardModules.has(top)) return 0;
  return installedPackages.has(top) ? 1 : 2;
}

function renderGroup(imports: PythonImport[]): string {
  const plain = new Set<string>();
  const namesByModule = new Map<string, Set<string>>();
  for (const { module, name, alias } of imports) {
    if (name === undefined) plain.add(alias === undefined ? `import ${module}` : `import ${module} as ${alias}`);
    else
      namesByModule.set(
        module,
        (namesByModule.get(module) ?? new Set()).add(alias === undefined ? name : `${name} as ${alias}`),
      );
  }
  const named = [...namesByModule]
    .sort(([a], [b]) => compareText(a, b))
    .map(([module, names]) => renderNamedImport({ module, names: [...names] }));
  return [...[...plain].sort(compareText), ...named].join("\n");
}

/** One `from module import a, b`, wrapped in parentheses if it is too long. */
export function renderNamedImport({ module, names }: { module: string; names: string[] }): string {
  const sorted = names.sort(compareImportedNames);
  const oneLine = `from ${module} import ${sorted.join(", ")}`;
  if (oneLine.length <= maxPythonLineLength) return oneLine;
  return `from ${module} import (\n${sorted.map((name) => `    ${name},\n`).join("")})`;
}

/** Constants, then classes, then the rest, as in ruff's import sorting. */
export function compareImportedNames(a: string, b: string): number {
  const rank = (name: string): number =>
    /^[A-Z0-9_]+$/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return rank(a) - rank(b) || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
