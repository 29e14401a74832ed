import type { PromptFieldType } from "../extract-from-prompt.ts";

/** Type words in the spelling of English, SQL, Python and TypeScript. */
const typeWords: ReadonlyMap<string, PromptFieldType> = new Map(
  `
    string:string str:string varchar:string char:string character:string text:text longtext:text multiline:text markdown:text
    integer:integer int:integer bigint:integer smallint:integer long:integer serial:integer number:integer decimal:decimal float:decimal
    double:decimal numeric:decimal money:decimal currency:decimal real:decimal boolean:boolean bool:boolean flag:boolean
    checkbox:boolean date:date datetime:datetime timestamp:datetime timestamptz:datetime time:datetime uuid:uuid guid:uuid email:email
    url:url uri:url json:json jsonb:json object:json dict:json
  `
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(":") as [string, PromptFieldType]),
);

export function findTypeWord(word: string): PromptFieldType | null {
  return typeWords.get(word.toLowerCase().replace(/[?[\]]|\(.*$/g, "")) ?? null;
}

export function isPlainTypeWord(word: string): boolean {
  return plainTypeWords.has(word);
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Type words that are rarely field names, so they may stand before or after one without punctuation. */
const plainTypeWords = wordsOf(
  "string str varchar integer int bigint decimal float double numeric boolean bool datetime timestamp timestamptz uuid guid json jsonb object",
);

const textWords = wordsOf(`
  description body content contents notes note bio biography summary details detail comment message text instructions remarks abstract
  about answer feedback reason explanation excerpt overview review ingredients directions transcript terms
`);
const decimalWords = wordsOf(`
  price amount cost total subtotal balance salary wage rate fee budget weight height width depth length latitude longitude lat lng
  discount tax percentage percent distance temperature revenue profit income expense value area volume speed interest deposit rent tip
  commission payment
`);
const integerWords = wordsOf(`
  quantity qty count stock position rank ranking level points view views likes capacity age year duration minutes hours days weeks
  months seconds seats pages floor floors rating score scores votes upvotes downvotes stars calories servings bedrooms bathrooms reps
  sets attempts visits downloads number index sequence port mileage credits stops portions followers attendees guests
`);
/** A track's number is numeric; the number of an invoice, a phone or a passport is an identifier. */
const countedNumberWords = wordsOf(`
  track episode chapter season page line week version row sequence round lap step jersey shirt lot edition volume
`);
const urlWords = wordsOf(`
  url uri link website homepage avatar image photo picture thumbnail logo cover banner webpage site screenshot icon
`);
const dateWords = wordsOf(`
  date birthday birthdate dob deadline anniversary
`);
const booleanWords = wordsOf(`
  active inactive completed complete done published archived enabled disabled available verified paid featured approved deleted read
  resolved pinned favorite favourite starred confirmed locked billable public private visible hidden urgent shipped delivered returned
  cancelled canceled refundable recurring vegetarian vegan
`);
const jsonWords = wordsOf(`
  settings preferences config configuration payload attributes properties options extra data
`);

/** The type that a field's snake_case name suggests; `string` by default. */
export function guessFieldType(name: string): PromptFieldType {
  const guessed = guessByEnding(name);
  const head = /^(.+?)_(?:per|in|of|for|from|to|by|at)_/.exec(name)?.[1];
  return guessed === "string" && head !== undefined ? guessByEnding(head) : guessed;
}

function guessByEnding(name: string): PromptFieldType {
  const words = name.split("_");
  const first = words[0] ?? "";
  const last = words.at(-1) ?? "";
  const beforeLast = words.at(-2) ?? "";
  if (
    words.length > 1 &&
    /^(?:is|has|can|should|was|are|allow|allows|needs|accepts|requires|in|must)$/.test(first) &&
    last !== "at"
  )
    return "boolean";
  if (words.length > 1 && (last === "at" || last === "time" || last === "timestamp")) return "datetime";
  if (words.length > 1 && last === "on") return "date";
  if (last === "timestamp" || last === "datetime" || last === "time") return "datetime";
  if (dateWords.has(last) || first === "date" || name === "due") return "date";
  if (last === "email" || (last === "address" && (beforeLast === "email" || beforeLast === "mail"))) return "email";
  if (last === "uuid" || last === "guid") return "uuid";
  if (last === "number" && words.length > 1 && !countedNumberWords.has(beforeLast)) return "string";
  if (words.length > 1 && /^(?:min|max|minimum|maximum|low|high|from|to)$/.test(last))
    return guessByEnding(words.slice(0, -1).join("_"));
  if (last === "code" || last === "sku" || last === "isbn") return "string";
  if (urlWords.has(last)) return "url";
  if (textWords.has(last)) return "text";
  if (integerWords.has(last)) return "integer";
  if (decimalWords.has(last)) return "decimal";
  if (jsonWords.has(last) || last === "json") return "json";
  if (booleanWords.has(last)) return "boolean";
  return "string";
}

/** Plural nouns that name one value: `hours` is a number and `notes` a text, never a list. */
export function isSingleValueNoun(name: string): boolean {
  const last = name.split("_").at(-1) ?? "";
  return textWords.has(last) || integerWords.has(last) || jsonWords.has(last);
}
