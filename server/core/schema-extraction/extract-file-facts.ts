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
import type { FactExtractor } from "./extractors/fact-extractor.ts";
import { registeredExtractors } from "./extractors/registry.ts";

/** What an entity inherits from another, which its file names as `name`: all fields, or those that are left. */
export type BaseFact = {
  name: string;
  /** Only these fields are inherited. */
  only?: string[];
  /** These fields are not inherited. */
  without?: string[];
  /** The inherited fields may be missing, or must be there, whatever the base says. */
  isOptional?: boolean;
};

/** An entity as its file declares it. What it inherits may decide, in another file, whether it is one. */
export type EntityFact = Omit<CodeEntity, "kind" | "isExample"> & {
  /** Absent where it follows from origin and name. */
  kind?: EntityKind;
  bases: BaseFact[];
  /** Entities inherit from those of their own family. */
  family: Exclude<EntityOrigin, "prompt">;
  /**
   * `entity`: it is one. `heir`: it is one where a base is one, or is a base that the family's library has.
   * `abstract`: it is none, but its heirs are.
   */
  standing: "entity" | "heir" | "abstract";
};

/** A relation whose other side may stand in another file. */
export type RelationFact = Omit<CodeRelation, "cardinality"> & {
  /** `unknown`: one where the entity has a foreign key to the other side, else many. */
  cardinality: CodeRelation["cardinality"] | "unknown";
  /** What it is where no entity has the name `toEntity`. */
  otherwise?: CodeField;
};

/** A route relative to the router that it is declared on. */
export type RouteFact = CodeRoute & {
  /** The router's name in the file; absent where `route` is complete. */
  router?: string;
  /** A description of what other files may serve: none of its own where one of them does. */
  isDescription?: true;
  /** It is one only where a manifest of the project names this library. */
  needs?: string;
};

/** How a router's prefix and its routes make one: paths with one slash between, texts as they are, names with a dot. */
export type RouterKind = "http" | "express" | "django" | "trpc";

/** `router = APIRouter(prefix="/tasks")`, `export const taskRouter = router({ … })`. */
export type RouterFact = SourcePlace & { name: string; kind: RouterKind; prefix: string };

/**
 * `parent` serves what `child` serves under `prefix`. The child is named as the file names it, for example
 * `tasks.router`.
 */
export type MountFact = SourcePlace & { kind: RouterKind; parent: string; child: string; prefix: string };

/** A constant or an attribute of a class that holds a path, as prefixes of routers do. */
export type PathConstantFact = { name: string; value: string };

/** A name that a file has from another. `name` is null where the whole module has the local name. */
export type ImportFact = { local: string; module: string; name: string | null };

/** A library that a manifest names, as far as extractors ask for it. */
export type LibraryFact = SourcePlace & { name: string };

/** One step of a migration, which changes a table of the database. */
export type TableStepFact = SourcePlace & {
  table: string;
  origin: EntityOrigin;
  /** The migration's own name and that of the one it follows; absent where the order of paths says it. */
  revision?: string;
  follows?: string;
  step:
    | { kind: "create"; fields: CodeField[]; keys: CodeKey[] }
    | { kind: "drop" }
    | { kind: "rename"; to: string }
    | { kind: "add"; field: CodeField }
    | { kind: "change"; column: string; change: Partial<Pick<CodeField, "type" | "isOptional">> & { name?: string } }
    | { kind: "remove"; column: string };
};

/** What one file says. Plain JSON and a function of path and text alone, so that it can be kept by content hash. */
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
  /** The file declares more than is kept (`bound-facts.ts`). */
  isPartial?: true;
};

/**
 * Reads what one file declares; null where no extractor handles the path or nothing was found. Broken text gives what
 * can be read around the breaks. Never throws.
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

export function emptyFileFacts(): FileFacts {
  return {
    entities: [],
    relations: [],
    enums: [],
    routes: [],
    exports: [],
    routers: [],
    mounts: [],
    imports: [],
    pathConstants: [],
    libraries: [],
    tableSteps: [],
  };
}

/** Imports are wanted only to follow mounts; kept for every file they would be most of what is stored. */
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
