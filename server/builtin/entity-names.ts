import { pluralizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";

/** Every spelling of an entity's name that generated code needs. */
export type EntityNames = {
  /** `OrderItem` */
  className: string;
  /** `order_item` */
  snake: string;
  /** `order_items` */
  snakePlural: string;
  /** `orderItem` */
  camel: string;
  /** `orderItems` */
  camelPlural: string;
  /** `order-item` */
  kebab: string;
  /** `order-items` */
  kebabPlural: string;
  /** `order item` */
  words: string;
  /** `order items` */
  wordsPlural: string;
  /** Like `snake`, but never a Python keyword or builtin: `class_`. */
  pythonVariable: string;
  /** Like `snake`, but never a Python keyword, so that it can be imported: `class_`. */
  pythonModule: string;
};

const pythonKeywords: ReadonlySet<string> = new Set(
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);

const pythonBuiltins: ReadonlySet<string> = new Set(
  "all any bool bytes dict dir eval filter format hash help id input int iter len license list map max min next object open print property range repr round set slice str sum super tuple type vars zip".split(
    " ",
  ),
);

/** Types used in annotations: an attribute with such a name would shadow them in the rest of its class. */
const annotationTypes: ReadonlySet<string> = new Set(["bool", "dict", "float", "int", "list", "str"]);

/** A valid attribute name in a Python class: a keyword or a builtin type gets a trailing underscore. */
export function avoidPythonKeyword(name: string): string {
  return pythonKeywords.has(name) || annotationTypes.has(name) ? `${name}_` : name;
}

/** @param className PascalCase and singular, as entities are named. */
export function nameEntity(className: string): EntityNames {
  const snake = toSnakeCase(className);
  const snakePlural = pluralizeNoun(snake);
  return {
    className,
    snake,
    snakePlural,
    camel: toCamelCase(snake),
    camelPlural: toCamelCase(snakePlural),
    kebab: snake.replaceAll("_", "-"),
    kebabPlural: snakePlural.replaceAll("_", "-"),
    words: snake.replaceAll("_", " "),
    wordsPlural: snakePlural.replaceAll("_", " "),
    pythonVariable: pythonKeywords.has(snake) || pythonBuiltins.has(snake) ? `${snake}_` : snake,
    pythonModule: pythonKeywords.has(snake) ? `${snake}_` : snake,
  };
}

/** Converts `OrderItem`, `orderItem`, `order item` and `order-item` to `order_item`. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

/** Converts `order_item` and the other spellings to `orderItem`. */
export function toCamelCase(name: string): string {
  return toSnakeCase(name).replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Converts `order_item` and the other spellings to `OrderItem`. */
export function toPascalCase(name: string): string {
  return capitalize(toCamelCase(name));
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a task`, `an order item`. */
export function withArticle(words: string): string {
  return `${/^(?:[aeio]|u(?!ni|se|r))/.test(words) ? "an" : "a"} ${words}`;
}
