import type { EntityNames } from "#server/builtin/entity-names.ts";

/** The style of a project's models. */
export type ModelStyle = {
  /** `mapped`: `title: Mapped[str] = mapped_column()`. `column`: `title = Column(String)`. */
  declaration: "mapped" | "column";
  /** `Base`, `db.Model` */
  baseName: string;
  /** `Mapped`, or with the project's prefix. */
  mappedName: string;
  /** `mapped_column`, `Column`, `db.Column` */
  columnName: string;
  /** `relationship`, `db.relationship` */
  relationshipName: string;
  /** The prefix of column types that do not come from an import of SQLAlchemy: `db.` with Flask-SQLAlchemy. */
  typePrefix: string | null;
  /** The base class stores enums by value without a setting per column. */
  mapsEnums: boolean;
};

/** The source of the database session. */
export type SessionSource =
  /** `SessionDep` of a module. */
  | { kind: "alias"; path: string; name: string }
  /** A generator function for `Depends`. */
  | { kind: "dependency"; path: string; name: string };

/** The locations in a project, and how files import each other. Paths are relative to the project. */
export type PythonLayout = {
  style: ModelStyle;
  basePath: string;
  session: SessionSource;
  /** The module that has `get_or_404`; null if each router needs its own. */
  getOr404Path: string | null;
  modelPath: (names: EntityNames) => string;
  schemaPath: (names: EntityNames) => string;
  routerPath: (names: EntityNames) => string;
  testPath: (names: EntityNames) => string;
  /** The module name in an import of `to`: `app.models.task`, or `..models.task`. */
  moduleName: (files: { from: string; to: string }) => string;
};

export const generatedStyle: ModelStyle = {
  declaration: "mapped",
  baseName: "Base",
  mappedName: "Mapped",
  columnName: "mapped_column",
  relationshipName: "relationship",
  typePrefix: null,
  mapsEnums: true,
};

/** SQLAlchemy stores an enum by its member's name (`LOW`), unless the base class configures values (`low`). */
export function storesEnumsByValue({ mapsEnums, declaration }: ModelStyle): boolean {
  return mapsEnums && declaration === "mapped";
}

/** The layout of generated projects. */
export const generatedLayout: PythonLayout = {
  style: generatedStyle,
  basePath: "app/database.py",
  session: { kind: "alias", path: "app/dependencies.py", name: "SessionDep" },
  getOr404Path: "app/dependencies.py",
  modelPath: ({ pythonModule }) => `app/models/${pythonModule}.py`,
  schemaPath: ({ pythonModule }) => `app/schemas/${pythonModule}.py`,
  routerPath: ({ snakePlural }) => `app/routers/${snakePlural}.py`,
  testPath: ({ snakePlural }) => `tests/test_${snakePlural}.py`,
  moduleName: ({ to }) => toModuleName(to),
};

/** Converts `app/models/task.py` to `app.models.task`; a package's `__init__.py` to the package. */
export function toModuleName(path: string): string {
  return path
    .replace(/\.py$/, "")
    .replace(/\/__init__$/, "")
    .replaceAll("/", ".");
}

/** The relative name of a module in the same package: `.task`, `..models.task`. */
export function toRelativeModuleName({ from, to }: { from: string; to: string }): string {
  const fromFolders = from.split("/").slice(0, -1);
  const target = toModuleName(to).split(".");
  let shared = 0;
  while (shared < fromFolders.length && shared < target.length - 1 && fromFolders[shared] === target[shared])
    shared += 1;
  return ".".repeat(fromFolders.length - shared + 1) + target.slice(shared).join(".");
}
