import type { FilePath } from "#lib/contracts/ids.ts";
import { findPackageManager } from "#server/core/checks/plan-installs.ts";
import { listFolders, readPackageJson, type ProjectFolder } from "#server/core/checks/read-manifests.ts";

/** What a version needs before its program starts. */
export type Preparation = {
  /** Variables that receive the database's address, with the scheme that the program expects; empty for no database. */
  databaseVariables: { name: string; scheme: string }[];
  /** The project's own example settings, for a program that does not start without them. */
  settings: Record<string, string>;
  /** The schema and migrations that Graft applies to the database instead of Prisma. */
  prisma: { schemaPaths: FilePath[]; migrationPaths: FilePath[] } | null;
  /** Run in order, in the folder. */
  commands: { directory: string; command: string }[];
};

const postgresAddress = /^["']?(postgres(?:ql)?(?:\+\w+)?):\/\//;
const pythonDriver = /(^|[\s"'])(psycopg2?(-binary)?|asyncpg|pg8000)\b/m;

/** Settings of the sandbox, which an example must not override. */
const reserved = /^(PATH|HOME|TMPDIR|PORT|HOST|HOSTNAME|NODE_ENV|NODE_OPTIONS|LANG|PG[A-Z]+|LD_\w+)$/;

export function planPreparation({
  paths,
  texts,
}: {
  paths: readonly FilePath[];
  /** The texts of files that `listPreviewTexts` names. */
  texts: ReadonlyMap<FilePath, string>;
}): Preparation {
  const folders = listFolders({ paths, texts });
  const examples = [...texts]
    .filter(([path]) => /(^|\/)\.env\.\w+$/.test(path))
    .flatMap(([, text]) => readExample(text));
  const prisma = findPrisma({ paths, texts });
  const named = examples.flatMap(({ name, value }) => {
    const scheme = postgresAddress.exec(value)?.[1];
    return scheme === undefined ? [] : [{ name, scheme }];
  });
  const isWanted =
    prisma !== null ||
    folders.some((folder) =>
      ["requirements.txt", "pyproject.toml"].some((name) => pythonDriver.test(folder.texts.get(name) ?? "")),
    );
  const databaseVariables = named.length > 0 || !isWanted ? named : [{ name: "DATABASE_URL", scheme: "postgresql" }];
  const settings = examples.filter(
    ({ name, value }) => value !== "" && !reserved.test(name) && !named.some((one) => one.name === name),
  );
  return {
    databaseVariables,
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value.replace(/^(["'])(.*)\1$/, "$2")])),
    prisma,
    commands: folders.flatMap((folder) => listCommands({ folder, folders, hasPrisma: prisma !== null })),
  };
}

function readExample(text: string): { name: string; value: string }[] {
  return Array.from(
    text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*([^\r\n]*)$/gm),
    ([, name, value]) => ({
      name: name ?? "",
      value: (value ?? "").replace(/\s+#.*$/, "").trim(),
    }),
  );
}

function findPrisma({
  paths,
  texts,
}: {
  paths: readonly FilePath[];
  texts: ReadonlyMap<FilePath, string>;
}): Preparation["prisma"] {
  const schemas = [...texts].filter(([path]) => path.endsWith(".prisma"));
  const main = schemas.find(([, text]) => /provider\s*=\s*"postgres(ql)?"/.test(text));
  if (main === undefined) return null;
  const folder = main[0].slice(0, main[0].lastIndexOf("/") + 1);
  const top = folder.replace(/schema\/$/, "");
  return {
    // A schema of several files is in one folder.
    schemaPaths: schemas.map(([path]) => path).filter((path) => path.startsWith(folder)),
    migrationPaths: paths.filter((path) => path.startsWith(`${top}migrations/`) && path.endsWith("/migration.sql")),
  };
}

const migrationScripts = ["db:migrate", "migrate:deploy", "migrate:up", "db:push", "migrate"];

function listCommands({
  folder,
  folders,
  hasPrisma,
}: {
  folder: ProjectFolder;
  folders: readonly ProjectFolder[];
  hasPrisma: boolean;
}): Preparation["commands"] {
  const { directory, names, texts } = folder;
  const commands: string[] = [];
  const manifest = readPackageJson(texts.get("package.json"));
  if (manifest !== null) {
    const manager = findPackageManager({ folder, folders });
    const script = migrationScripts.find((name) => manifest.scripts[name] !== undefined);
    // Its engine would need to be downloaded.
    const isPrisma = /\bprisma\b/.test(manifest.scripts[script ?? ""] ?? "");
    if (hasPrisma && (manifest.dependencies.has("prisma") || manifest.dependencies.has("@prisma/client")))
      commands.push("npx --no-install prisma generate");
    if (script !== undefined && !isPrisma) commands.push(`${manager} run ${script}`);
  }
  if (names.has("alembic.ini")) commands.push("python3 -m alembic upgrade head");
  if (names.has("manage.py")) commands.push("python3 manage.py migrate --noinput");
  return commands.map((command) => ({ directory, command }));
}
