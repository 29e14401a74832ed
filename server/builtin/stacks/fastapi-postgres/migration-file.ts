import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedField, ProjectPlan } from "#server/builtin/project-plan.ts";
import { type ModelStyle, storesEnumsByValue } from "./python-layout.ts";
import { columnType, enumMember, serverDefault } from "./python-types.ts";
import { maxPythonLineLength, quotePython, renderPythonCall } from "./python-source.ts";

/** Alembic's configuration and the first revision. */
export function renderMigrationFiles(plan: ProjectPlan): GeneratedFile[] {
  const deferred = plan.entities.flatMap((entity) =>
    entity.references.filter(({ isCyclic }) => isCyclic).map((reference) => ({ entity, reference })),
  );
  const upgrade = [
    ...plan.entities.map(renderCreateTable),
    ...plan.entities.flatMap(renderCreateLinkTables),
    ...deferred.map(({ entity, reference }) =>
      renderPythonCall({
        indent: "    ",
        head: "op.create_foreign_key",
        args: [
          quotePython(cyclicKeyName({ entity, fieldName: reference.fieldName })),
          quotePython(entity.names.snakePlural),
          quotePython(reference.target.snakePlural),
          `["${reference.fieldName}"]`,
          `["id"]`,
          `ondelete="SET NULL"`,
        ],
      }),
    ),
  ];
  const downgrade = [
    ...deferred.map(({ entity, reference }) =>
      renderPythonCall({
        indent: "    ",
        head: "op.drop_constraint",
        args: [
          quotePython(cyclicKeyName({ entity, fieldName: reference.fieldName })),
          quotePython(entity.names.snakePlural),
        ],
      }),
    ),
    ...plan.entities.flatMap(({ links }) =>
      links.filter(({ isOwner }) => isOwner).map(({ tableName }) => `    op.drop_table("${tableName}")`),
    ),
    ...plan.entities.toReversed().map(({ names }) => `    op.drop_table("${names.snakePlural}")`),
  ];
  return [
    { path: "alembic.ini", text: alembicIni },
    { path: "migrations/env.py", text: env },
    { path: "migrations/script.py.mako", text: scriptTemplate },
    {
      path: "migrations/versions/0001_create_tables.py",
      text: renderRevision({
        revision: "0001",
        downRevision: null,
        title: "Create the tables",
        upgrade: upgrade.join("\n"),
        downgrade: downgrade.join("\n"),
      }),
    },
  ];
}

/** One revision module. `upgrade` and `downgrade` are indented bodies. */
export function renderRevision({
  revision,
  downRevision,
  title,
  upgrade,
  downgrade,
}: {
  revision: string;
  downRevision: string | null;
  title: string;
  upgrade: string;
  downgrade: string;
}): string {
  return `"""${title}.

Revision: ${revision}
Follows: ${downRevision ?? "nothing"}
"""

${/\bsa\./.test(upgrade + downgrade) ? "import sqlalchemy as sa\n" : ""}from alembic import op

revision = ${quotePython(revision)}
down_revision = ${downRevision === null ? "None" : quotePython(downRevision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
${upgrade}


def downgrade() -> None:
${downgrade}
`;
}

/** `op.create_table` with the table's indexes, with an indentation of four. */
export function renderCreateTable(entity: PlannedEntity): string {
  const { names, fields, references } = entity;
  const columns = [
    `sa.Column("id", sa.Integer, primary_key=True)`,
    ...fields.map((field) => renderColumnCall({ field, hasServerDefault: false })),
    ...references.map(({ fieldName, target, isOptional, isUnique, isCyclic }) => {
      const key = isCyclic
        ? []
        : [`sa.ForeignKey("${target.snakePlural}.id", ondelete="${isOptional ? "SET NULL" : "CASCADE"}")`];
      return columnCall([
        quotePython(fieldName),
        "sa.Integer",
        ...key,
        ...(isUnique ? ["unique=True"] : []),
        `nullable=${isOptional ? "True" : "False"}`,
      ]);
    }),
    ...(entity.addsCreatedAt
      ? [columnCall([`"created_at"`, "sa.DateTime(timezone=True)", "server_default=sa.func.now()", "nullable=False"])]
      : []),
  ];
  const indexes = references
    .filter(({ isUnique }) => !isUnique)
    .map(({ fieldName }) => `\n${renderCreateIndex({ table: names.snakePlural, column: fieldName })}`);
  return `    op.create_table(\n        "${names.snakePlural}",\n${columns.map((column) => `${column.replace(/^/gm, "        ")},\n`).join("")}    )${indexes.join("")}`;
}

/**
 * `sa.Column(...)` for a migration, not indented. A required column that is added to an existing table needs a server
 * default.
 */
function renderColumnCall({ field, hasServerDefault }: { field: PlannedField; hasServerDefault: boolean }): string {
  const fallback = hasServerDefault ? serverDefault(field) : null;
  const isCreationTime = field.name === "created_at" && field.kind === "datetime";
  return columnCall([
    quotePython(field.name),
    columnType(field),
    ...(isCreationTime ? ["server_default=sa.func.now()"] : fallback === null ? [] : [`server_default=${fallback}`]),
    ...(field.isUnique ? ["unique=True"] : []),
    `nullable=${field.isOptional ? "True" : "False"}`,
  ]);
}

/**
 * `op.add_column`, with an indentation of four. Required columns need a value for existing rows: the server default
 * provides it and stays.
 */
export function renderAddColumn({
  field,
  tableName,
  style,
}: {
  field: PlannedField;
  tableName: string;
  style: ModelStyle;
}): string {
  const stored = storesEnumsByValue(style) ? field : withMemberNames(field);
  const column = renderColumnCall({ field: { ...stored, isUnique: false }, hasServerDefault: true });
  const oneLine = `    op.add_column("${tableName}", ${column})`;
  const isShort = oneLine.length <= maxPythonLineLength && !column.includes("\n");
  const added = isShort
    ? oneLine
    : `    op.add_column(\n        "${tableName}",\n${column.replace(/^/gm, "        ")},\n    )`;
  return field.isUnique
    ? `${added}\n    op.create_unique_constraint("uq_${tableName}_${field.name}", "${tableName}", ["${field.name}"])`
    : added;
}

/** The field with its enum's values as stored by a database that uses member names. */
function withMemberNames(field: PlannedField): PlannedField {
  const { enumType, defaultValue } = field;
  if (enumType === null) return field;
  return {
    ...field,
    enumType: { ...enumType, values: enumType.values.map(enumMember) },
    defaultValue: defaultValue === null ? null : enumMember(defaultValue),
  };
}

/** `op.create_index` with SQLAlchemy's name for `index=True`. */
function renderCreateIndex({ table, column }: { table: string; column: string }): string {
  return renderPythonCall({
    indent: "    ",
    head: "op.create_index",
    args: [quotePython(`ix_${table}_${column}`), quotePython(table), `["${column}"]`],
  });
}

function renderCreateLinkTables({ names, links }: PlannedEntity): string[] {
  return links
    .filter(({ isOwner }) => isOwner)
    .map(({ tableName, target }) => {
      const columns = [names, target].map(({ snake, snakePlural }) =>
        columnCall([
          `"${snake}_id"`,
          "sa.Integer",
          `sa.ForeignKey("${snakePlural}.id", ondelete="CASCADE")`,
          "primary_key=True",
        ]),
      );
      return `    op.create_table(\n        "${tableName}",\n${columns.map((column) => `${column.replace(/^/gm, "        ")},\n`).join("")}    )`;
    });
}

/** Eight columns narrower than the page, because the call is nested two levels deep and followed by a comma. */
function columnCall(args: string[]): string {
  const wrapped = renderPythonCall({ indent: "        ", head: "sa.Column", args, tail: "," });
  return wrapped.replace(/^ {8}/gm, "").replace(/,$/, "");
}

function cyclicKeyName({ entity, fieldName }: { entity: PlannedEntity; fieldName: string }): string {
  return `fk_${entity.names.snakePlural}_${fieldName}`;
}

const alembicIni = `# The database URL is read from the application's settings in migrations/env.py.
[alembic]
script_location = migrations
prepend_sys_path = .
path_separator = os

[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
`;

const env = `"""Runs migrations against the application's database and models."""

from logging.config import fileConfig

from alembic import context

import app.models  # noqa: F401  (registers the tables)
from app.config import settings
from app.database import Base, engine

if context.config.config_file_name is not None:
    fileConfig(context.config.config_file_name)


def run_offline() -> None:
    """Write the SQL instead of running it."""
    context.configure(
        url=settings.database_url, target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run on a connection of the application's engine."""
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
`;

const scriptTemplate = `"""\${message}.

Revision: \${up_revision}
Follows: \${down_revision or "nothing"}
"""

import sqlalchemy as sa
from alembic import op
\${imports if imports else ""}

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade() -> None:
    \${upgrades if upgrades else "pass"}


def downgrade() -> None:
    \${downgrades if downgrades else "pass"}
`;
