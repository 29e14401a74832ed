import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, FileFacts, RouteFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { isScriptPath } from "./scripts/typescript-syntax.ts";

type Token = { text: string; line: number };

const maxTokens = 200_000;
/** The operation types if a schema names no others. */
const operationTypes = { query: "Query", mutation: "Mutation", subscription: "Subscription" } as const;
type Operation = keyof typeof operationTypes;

/** Types, inputs, enums and operations of GraphQL's schema language, in its own files and in `gql` templates. */
export const graphqlExtractor: FactExtractor = {
  name: "graphql",
  handles: (path) => /\.(?:graphqls?|gql)$/.test(path) || isScriptPath(path),
  extract({ path, text }) {
    if (!isScriptPath(path)) return readSchema({ tokens: listTokens({ text, firstLine: 1 }), path });
    if (!/gql\s*`|#\s*graphql|\/\*\s*GraphQL\s*\*\//.test(text)) return {};
    return readSchema({ tokens: listTemplates(text).flatMap(listTokens), path });
  },
};

function listTemplates(text: string): { text: string; firstLine: number }[] {
  return [...text.matchAll(/(?:gql\s*`|\/\*\s*GraphQL\s*\*\/\s*`|`\s*(?=#\s*graphql))([^`]*)`/g)].map((match) => ({
    text: (match[1] ?? "").replace(/\$\{[^}]*\}/g, ""),
    firstLine: text.slice(0, match.index + match[0].length - (match[1]?.length ?? 0) - 1).split("\n").length,
  }));
}

const tokenPattern = /"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"|#[^\n]*|[A-Za-z_]\w*|-?\d[\w.]*|\.\.\.|\n|[^\s,]/g;

/** Skips descriptions and comments. */
function listTokens({ text, firstLine }: { text: string; firstLine: number }): Token[] {
  const tokens: Token[] = [];
  let line = firstLine;
  for (const [token] of text.matchAll(tokenPattern)) {
    if (tokens.length > maxTokens) break;
    if (!/^(?:#|"""|\n)/.test(token)) tokens.push({ text: token, line });
    line += token.split("\n").length - 1;
  }
  return tokens;
}

/** Reads tokens one by one. After the end every token is empty. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get next(): Token {
    return this.#tokens[this.#at] ?? { text: "", line: 1 };
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  /** Whether the next token is `text`; consumes it if so. */
  accepts(text: string): boolean {
    if (this.next.text !== text) return false;
    this.#at += 1;
    return true;
  }

  /** The tokens between an opening bracket, if it is next, and its closing one; otherwise none. */
  takeBlock(open: string, close: string): Token[] {
    if (!this.accepts(open)) return [];
    const from = this.#at;
    for (let depth = 1; !this.isAtEnd;) {
      const { text } = this.take();
      if (text === open) depth += 1;
      if (text === close) depth -= 1;
      if (depth === 0) return this.#tokens.slice(from, this.#at - 1);
    }
    return this.#tokens.slice(from);
  }

  skipDirectives(): void {
    while (this.accepts("@")) {
      this.take();
      this.takeBlock("(", ")");
    }
  }
}

function readSchema({ tokens, path }: { tokens: readonly Token[]; path: FilePath }): Partial<FileFacts> {
  const reader = new Reader(tokens);
  const entities = new Map<string, EntityFact>();
  const enums: CodeEnum[] = [];
  const fieldsOf = new Map<string, { field: CodeField; line: number }[]>();
  let operations: Record<Operation, string> = { ...operationTypes };
  while (!reader.isAtEnd) {
    const isExtension = reader.accepts("extend");
    const { text: keyword } = reader.take();
    if (keyword === "schema") {
      reader.skipDirectives();
      operations = { ...operations, ...readOperations(reader.takeBlock("{", "}")) };
    } else if (/^(?:type|interface|input)$/.test(keyword) && /^\w/.test(reader.next.text)) {
      const { text: name, line } = reader.take();
      while (!reader.isAtEnd && !/^[{@]$/.test(reader.next.text) && !isDefinition(reader.next.text)) reader.take();
      reader.skipDirectives();
      const fields = readFields({ tokens: reader.takeBlock("{", "}"), path });
      fieldsOf.set(name, [...(fieldsOf.get(name) ?? []), ...fields]);
      const entity = toEntity({ name, line, keyword, isExtension, fields: fields.map(({ field }) => field), path });
      entities.set(name, addDefinition({ known: entities.get(name), entity }));
    } else if (keyword === "enum" && /^\w/.test(reader.next.text)) {
      const { text: name, line } = reader.take();
      reader.skipDirectives();
      const values = readEnumValues(reader.takeBlock("{", "}"));
      const extended = isExtension ? enums.find((each) => each.name === name) : undefined;
      if (extended !== undefined) extended.values.push(...values);
      else if (values.length > 0) enums.push({ name, values, path, line });
    } else if (keyword === "{") {
      // The selections of a client's query.
      readRest(reader);
    }
  }
  const isOperation = new Set<string>(Object.values(operations));
  return {
    entities: [...entities.values()].filter(({ name, fields }) => !isOperation.has(name) && fields.length > 0),
    enums,
    routes: (Object.keys(operations) as Operation[]).flatMap((operation): RouteFact[] =>
      (fieldsOf.get(operations[operation]) ?? []).map(({ field, line }) => ({
        method: operation.toUpperCase(),
        route: field.name,
        handler: `${operations[operation]}.${field.name}`,
        path,
        line,
      })),
    ),
  };
}

/** An extension adds to the type with its name: here within the file, across files in assembly. */
function addDefinition({ known, entity }: { known: EntityFact | undefined; entity: EntityFact }): EntityFact {
  if (known === undefined) return entity;
  const [first, second] = known.isExtension === true && entity.isExtension !== true ? [entity, known] : [known, entity];
  return { ...first, fields: [...first.fields, ...second.fields] };
}

function readRest(reader: Reader): void {
  for (let depth = 1; depth > 0 && !reader.isAtEnd;) {
    const { text } = reader.take();
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
  }
}

function isDefinition(word: string): boolean {
  return /^(?:type|interface|input|enum|union|scalar|extend|schema|directive)$/.test(word);
}

function toEntity({
  name,
  line,
  keyword,
  isExtension,
  fields,
  path,
}: {
  name: string;
  line: number;
  keyword: string;
  isExtension: boolean;
  fields: CodeField[];
  path: FilePath;
}): EntityFact {
  return {
    name,
    origin: "graphql",
    kind: keyword === "input" ? "request" : "response",
    fields,
    bases: [],
    family: "graphql",
    declaredAs: "entity",
    ...(isExtension ? { isExtension } : {}),
    path,
    line,
  };
}

/** `query: RootQuery`. */
function readOperations(tokens: readonly Token[]): Partial<Record<Operation, string>> {
  const named: Partial<Record<Operation, string>> = {};
  for (const [at, { text }] of tokens.entries()) {
    const type = tokens[at + 2]?.text;
    if (text in operationTypes && tokens[at + 1]?.text === ":" && type !== undefined) named[text as Operation] = type;
  }
  return named;
}

/** `posts(first: Int = 10): [Post!]! @deprecated`. */
function readFields({
  tokens,
  path,
}: {
  tokens: readonly Token[];
  path: FilePath;
}): { field: CodeField; line: number }[] {
  const reader = new Reader(tokens);
  const found: { field: CodeField; line: number }[] = [];
  while (!reader.isAtEnd) {
    const { text: name, line } = reader.take();
    if (!/^[A-Za-z_]/.test(name)) continue;
    reader.takeBlock("(", ")");
    if (!reader.accepts(":")) continue;
    let type = "";
    while (/^(?:\[|\]|!|\w+)$/.test(reader.next.text) && !isNextField({ type, next: reader.next.text }))
      type += reader.take().text;
    const made = reader.accepts("=") ? readValue(reader) : null;
    reader.skipDirectives();
    if (type === "") continue;
    const field: CodeField = {
      name,
      type,
      isOptional: !type.endsWith("!"),
      isList: type.startsWith("["),
      isPrimaryKey: false,
      isUnique: false,
      path,
      line,
    };
    if (made !== null) field.defaultValue = made;
    found.push({ field, line });
  }
  return found;
}

/** A type consists of one name: the next name belongs to the next field. */
function isNextField({ type, next }: { type: string; next: string }): boolean {
  return /\w/.test(type) && /^(?:\w|\[)/.test(next);
}

function readValue(reader: Reader): string {
  const list = reader.takeBlock("[", "]");
  const object = reader.takeBlock("{", "}");
  if (list.length > 0) return `[${list.map(({ text }) => text).join(", ")}]`;
  if (object.length > 0) return `{${object.map(({ text }) => text).join(" ")}}`;
  return reader.take().text.replace(/^"(.*)"$/s, "$1");
}

function readEnumValues(tokens: readonly Token[]): string[] {
  const reader = new Reader(tokens);
  const values: string[] = [];
  while (!reader.isAtEnd) {
    reader.skipDirectives();
    const { text } = reader.take();
    if (/^[A-Za-z_]\w*$/.test(text)) values.push(text);
  }
  return values;
}
