import type { Node } from "web-tree-sitter";
import type { CodeEnum } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, FileFacts, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { isPythonPath, listBaseImports, listClasses, type PythonClass } from "./python-syntax.ts";

type PythonSource = { path: FilePath; text: string };

/** An extractor for Python. `isWanted` is a cheap text search that skips files. */
export function pythonExtractor({
  name,
  isWanted = () => true,
  read,
}: {
  name: string;
  isWanted?: (source: PythonSource) => boolean;
  read: (source: PythonSource & { root: Node }) => Partial<FileFacts>;
}): FactExtractor {
  return {
    name,
    handles: isPythonPath,
    extract({ path, text, parser }) {
      if (!isWanted({ path, text })) return {};
      return parser.withTree({ language: "python", text }, (root) => read({ root, path, text }));
    },
  };
}

export type PythonModel = {
  source: PythonClass;
  entity: EntityFact;
  relations: RelationFact[];
  enums?: CodeEnum[];
};

/** The facts of the classes that `readModel` accepts as models, with the imports that their bases use. */
export function readPythonModels({
  root,
  readModel,
}: {
  root: Node;
  readModel: (source: PythonClass) => PythonModel | null;
}): Partial<FileFacts> {
  const models = listClasses(root).flatMap((source) => readModel(source) ?? []);
  return {
    entities: models.map(({ entity }) => entity),
    relations: models.flatMap(({ relations }) => relations),
    enums: models.flatMap(({ enums = [] }) => enums),
    imports: models.length === 0 ? [] : listBaseImports({ root, classes: models.map(({ source }) => source) }),
  };
}
