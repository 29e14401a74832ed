import type {
  CodeEntity,
  CodeEnum,
  CodeExport,
  CodeField,
  CodeKey,
  CodeRelation,
  CodeRoute,
  EntityKind,
  EntityOrigin,
  SourcePlace,
} from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findGrammarLanguage, type SourceParser } from "#server/core/syntax/source-parser.ts";
import { emptyFileFacts } from "./empty-file-facts.ts";
import type { FactExtractor } from "./extractors/fact-extractor.ts";
import { registeredExtractors } from "./extractors/registry.ts";

/** What an entity inherits from another, which its file calls `name`: all fields, or some. */
export type BaseFact = {
  name: string;
  /** Only these fields are inherited. */
  only?: string[];
  /** These fields are not inherited. */
  without?: string[];
  /** The inherited fields become optional or required, whatever the base says. */
  isOptional?: boolean;
};

/** An entity as its file declares it. Whether it is one may depend on base classes in other files. */
export type EntityFact = Omit<CodeEntity, "kind" | "isExample"> & {
  /** Absent if it follows from origin and name. */
  kind?: EntityKind;
  bases: BaseFact[];
  /** Entities only inherit from their own family. */
  family: Exclude<EntityOrigin, "prompt">;
  /**
   * `entity`: it is an entity. `subclass`: it is one if a base is one or comes from the family's library. `abstract`:
   * it is none, but its subclasses are.
   */
  declaredAs: "entity" | "subclass" | "abstract";
  /** It extends the entity with its name, possibly in another file; without one it is an entity itself. */
  isExtension?: true;
};

/** A relation whose other side may be in another file. */
export type RelationFact = Omit<CodeRelation, "cardinality"> & {
  /** `unknown`: one if the entity has a foreign key to the other side, else many. */
  cardinality: CodeRelation["cardinality"] | "unknown";
  /** The fallback if no entity is called `toEntity`. */
  otherwise?: CodeField;
};

/** A route relative to the router that it is declared on. */
export type RouteFact = CodeRoute & {
  /** The router's name in the file; absent if `route` is complete. */
  router?: string;
  /** A description of routes that other files may serve: omitted if one of them does. */
  isDescription?: true;
  /** Only valid if a manifest of the project names this library. */
  needs?: string;
};

/** How a prefix and a route are joined: paths with a single slash, texts unchanged, names with a dot. */
type RouterKind = "http" | "express" | "django" | "trpc";

/** `router = APIRouter(prefix="/tasks")`, `export const taskRouter = router({ … })`. */
export type RouterFact = SourcePlace & { name: string; kind: RouterKind; prefix: string };

/**
 * `parent` serves the routes of `child` under `prefix`. The child is written as in the file, for example
 * `tasks.router`.
 */
export type MountFact = SourcePlace & { kind: RouterKind; parent: string; child: string; prefix: string };

/** A constant or class attribute with a path, as used in router prefixes. */
export type PathConstantFact = { name: string; value: string };

/** A name that a file imports. `name` is null if the local name is the whole module. */
export type ImportFact = { local: string; module: string; name: string | null };

/** A library named in a manifest that extractors ask for. */
type LibraryFact = SourcePlace & { name: string };

/** A table's constraint on several fields. */
export type TableConstraint = { fields: string[] } & (
  | { kind: "primary" | "unique" | "index" }
  | { kind: "foreign"; references: { table: string; fields: string[] } }
);

/** One step of a migration, which changes a database table. */
export type TableStepFact = SourcePlace & {
  table: string;
  origin: EntityOrigin;
  /** The migration's own name and its predecessor's; absent if the order of paths decides. */
  revision?: string;
  follows?: string;
  step:
    | { kind: "create"; fields: CodeField[]; keys: CodeKey[] }
    | { kind: "drop" }
    | { kind: "rename"; to: string }
    | { kind: "add"; field: CodeField }
    | {
        kind: "change";
        column: string;
        change: Partial<Pick<CodeField, "type" | "isOptional" | "defaultValue" | "name">>;
      }
    | { kind: "constrain"; constraint: TableConstraint }
    | { kind: "remove"; column: string };
};

/** The facts of one file. Plain JSON that depends only on path and text, so that it can be stored by content hash. */
export type FileFacts = {
  entities: EntityFact[];
  relations: RelationFact[];
  enums: CodeEnum[];
  routes: RouteFact[];
  exports: CodeExport[];
  routers: RouterFact[];
  mounts: MountFact[];
  imports: ImportFact[];
  pathConstants: PathConstantFact[];
  libraries: LibraryFact[];
  tableSteps: TableStepFact[];
  /** The file declares more than is stored (`bound-facts.ts`). */
  isPartial?: true;
};

/**
 * Reads what one file declares; null if no extractor handles the path or nothing was found. In broken text, reads what
 * is readable around the errors. Never throws.
 */
export function extractFileFacts({
  path,
  text,
  parser,
  extractors = registeredExtractors,
}: {
  path: FilePath;
  text: string;
  parser: SourceParser;
  extractors?: readonly FactExtractor[];
}): FileFacts | null {
  const handling = extractors.filter((extractor) => extractor.handles(path));
  if (handling.length === 0) return null;
  const extractAll = (sharedParser: SourceParser) =>
    joinFacts(handling.map((extractor) => extractor.extract({ path, text, parser: sharedParser })));
  const language = findGrammarLanguage(path);
  const facts =
    language === null
      ? extractAll(parser)
      : parser.withTree({ language, text }, (root) =>
          // One parse serves all extractors of the file.
          extractAll({
            withTree: (source, read) =>
              source.language === language && source.text === text ? read(root) : parser.withTree(source, read),
          }),
        );
  const isEmpty = Object.values(facts).every((list) => list === true || list.length === 0);
  return isEmpty ? null : facts;
}

/** Imports are only needed to follow mounts; stored for every file they would be most of the data. */
function joinFacts(parts: readonly Partial<FileFacts>[]): FileFacts {
  const facts = emptyFileFacts();
  for (const part of parts) {
    facts.entities.push(...(part.entities ?? []));
    facts.relations.push(...(part.relations ?? []));
    facts.enums.push(...(part.enums ?? []));
    facts.routes.push(...(part.routes ?? []));
    facts.exports.push(...(part.exports ?? []));
    facts.routers.push(...(part.routers ?? []));
    facts.mounts.push(...(part.mounts ?? []));
    facts.imports.push(...(part.imports ?? []));
    facts.pathConstants.push(...(part.pathConstants ?? []));
    facts.libraries.push(...(part.libraries ?? []));
    facts.tableSteps.push(...(part.tableSteps ?? []));
  }
  return facts;
}
