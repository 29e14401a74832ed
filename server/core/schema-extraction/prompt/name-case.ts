/** Reserved words of Python, TypeScript or SQLAlchemy's declarative classes. */
const reservedFieldNames: ReadonlySet<string> = new Set(
  (
    "and as assert async await break case catch class const continue debugger def default del delete do elif else enum except export " +
    "extends false finally for from function global if implements import in instanceof interface is lambda let match new none nonlocal " +
    "not null or package pass private protected public raise return self static super switch this throw true try typeof var void while " +
    "with yield metadata registry"
  ).split(" "),
);

const maxNameLength = 60;

/** The lower-case ASCII words of a name in any spelling: `dueDate`, `due-date`, `Due Date`, `DUE_DATE`. */
function splitNameWords(text: string): string[] {
  const ascii = text.normalize("NFKD").replace(/[^\x20-\x7e]/g, "");
  const spaced = ascii.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2");
  return (
    spaced
      .toLowerCase()
      .replace(/['’]s?\b/g, "")
      .match(/[a-z0-9]+/g) ?? []
  );
}

/** snake_case, or an empty string if the text has no letter to begin a name with. */
export function toSnakeCase(text: string): string {
  const words = splitNameWords(text);
  while (words.length > 0 && !/^[a-z]/.test(words[0] ?? "")) words.shift();
  return words.join("_").slice(0, maxNameLength).replace(/_+$/, "");
}

/** PascalCase, or an empty string if the text has no letter to begin a name with. */
export function toPascalCase(text: string): string {
  return toSnakeCase(text)
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** A valid attribute name in generated code: a reserved word gets the suffix `_value`. */
export function toFieldName(text: string): string {
  const name = toSnakeCase(text);
  return reservedFieldNames.has(name) ? `${name}_value` : name;
}
