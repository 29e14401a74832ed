import type { PythonCode } from "../python-source.ts";
import type { PythonModule } from "./python-module.ts";

/**
 * Adapts generated code to its target module. Generated code uses `sa.String`, `dt.date` and `str | None`; a module may
 * import those names individually, under other aliases, or use `Optional[str]`.
 *
 * @param typePrefix the project's prefix of column types if that is not an import of SQLAlchemy (`db.`)
 * @param takenNames names that the code's scope uses itself and that would shadow imports
 */
export function fitPythonCode({
  code,
  imports,
  module,
  typePrefix,
  takenNames,
}: PythonCode & { module: PythonModule; typePrefix: string | null; takenNames: readonly string[] }): PythonCode {
  const rest = imports.filter(({ alias }) => alias !== "sa" && alias !== "dt");
  const withTypes = fitAlias({
    code,
    alias: "sa",
    library: "sqlalchemy",
    module,
    isImportedByName: (name) => !takenNames.includes(name),
    givenPrefix: typePrefix,
  });
  const withDates = fitAlias({
    code: withTypes.code,
    alias: "dt",
    library: "datetime",
    module,
    isImportedByName: (name) => !takenNames.includes(name),
    givenPrefix: null,
  });
  const usesOptional = /\bOptional\[/.test(module.text) && !/ \| None\b/.test(module.text);
  const fitted = usesOptional ? spellOptional(withDates.code) : withDates.code;
  return {
    code: fitted,
    imports: [
      ...rest,
      ...withTypes.imports,
      ...withDates.imports,
      ...(fitted === withDates.code ? [] : [{ module: "typing", name: "Optional" }]),
    ],
  };
}

function fitAlias({
  code,
  alias,
  library,
  module,
  isImportedByName,
  givenPrefix,
}: {
  code: string;
  alias: string;
  library: string;
  module: PythonModule;
  isImportedByName: (name: string) => boolean;
  givenPrefix: string | null;
}): PythonCode {
  const used = [
    ...new Set([...code.matchAll(new RegExp(`\\b${alias}\\.([A-Za-z_]\\w*)`, "g"))].map((match) => match[1] ?? "")),
  ];
  if (used.length === 0) return { code, imports: [] };
  const respell = (prefix: string): string => code.replace(new RegExp(`\\b${alias}\\.(?=[A-Za-z_])`, "g"), prefix);
  if (givenPrefix !== null) return { code: respell(givenPrefix), imports: [] };
  const plain = module.imports.filter((line) => line.module === null).flatMap(({ names }) => names);
  const imported = plain.find(({ name }) => name === library);
  if (imported !== undefined) {
    return {
      code: respell(`${imported.alias ?? imported.name}.`),
      imports: [{ module: library, ...(imported.alias === null ? {} : { alias: imported.alias }) }],
    };
  }
  const importsNames = module.imports.some((line) => line.module === library);
  if (importsNames && used.every(isImportedByName))
    return { code: respell(""), imports: used.map((name) => ({ module: library, name })) };
  return { code, imports: [{ module: library, alias }] };
}

function spellOptional(code: string): string {
  return code
    .replace(/"(\w+) \| None"/g, 'Optional["$1"]')
    .replace(/\bMapped\[([^=\n]+?) \| None\]/g, "Mapped[Optional[$1]]")
    .replace(/: ([^=\n]+?) \| None/g, ": Optional[$1]");
}
