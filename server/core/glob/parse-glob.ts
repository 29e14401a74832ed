/** The set of characters allowed at one position. No set contains `/`; a negated one excludes it. */
export type CharacterSet = { ranges: readonly (readonly [first: number, last: number])[]; isNegated: boolean };

/** A glob as a tree. `text` is any run of characters, within one name or across directories. */
export type GlobNode =
  | { type: "character"; set: CharacterSet }
  | { type: "slash" }
  | { type: "text"; crossesSlash: boolean }
  | { type: "sequence"; items: readonly GlobNode[] }
  | { type: "alternatives"; options: readonly GlobNode[] }
  | { type: "repeat"; item: GlobNode; isRequired: boolean }
  | { type: "not"; item: GlobNode; crossesSlash: boolean };

const anyText: GlobNode = { type: "text", crossesSlash: true };
const nameText: GlobNode = { type: "text", crossesSlash: false };
const slash: GlobNode = { type: "slash" };
const empty: GlobNode = { type: "sequence", items: [] };
const anyCharacter: GlobNode = { type: "character", set: { ranges: [], isNegated: true } };

/**
 * Parses one glob, without its leading `!`. Supports `*`, `?`, `**`, `[a-z]`, `{a,b}`, `{1..3}`, `@(a|b)`, `?(a)`,
 * `*(a)`, `+(a)`, `!(a)` and backslash escapes. Unclosed brackets are literal. Brackets and plain parentheses also
 * match themselves, because `app/[id]` and `app/(group)` are common names.
 */
export function parseGlob(glob: string): GlobNode {
  return new GlobParser([...glob]).parse();
}

class GlobParser {
  readonly #characters: readonly string[];
  #position = 0;
  /** The closing position of each opening bracket; unclosed ones are absent. */
  readonly #closings: ReadonlyMap<number, number>;

  constructor(characters: readonly string[]) {
    this.#characters = characters;
    this.#closings = findClosings(characters);
  }

  parse(): GlobNode {
    return this.#parseSequence(this.#characters.length);
  }

  #parseSequence(end: number): GlobNode {
    const items: GlobNode[] = [];
    while (this.#position < end) {
      if (this.#isGlobstar()) this.#parseGlobstar({ items, end });
      else items.push(this.#parseItem());
    }
    return { type: "sequence", items };
  }

  #parseItem(): GlobNode {
    const start = this.#position;
    const character = this.#characters[start] ?? "";
    const close = this.#closings.get(character.match(/[?*+@!]/) !== null ? start + 1 : start);
    if (close !== undefined && this.#characters[start + 1] === "(" && /[?*+@!]/.test(character))
      return this.#parseExtended({ operator: character, close });
    if (close !== undefined && (character === "{" || character === "(" || character === "["))
      return this.#parseBracketed({ opening: character, close });
    this.#position += 1;
    if (character === "/") return slash;
    if (character === "?") return anyCharacter;
    if (character === "*") {
      while (this.#characters[this.#position] === "*" && this.#characters[this.#position + 1] !== "(")
        this.#position += 1;
      return nameText;
    }
    if (character !== "\\" || this.#position >= this.#characters.length) return literal(character);
    const escaped = this.#characters[this.#position] ?? "";
    this.#position += 1;
    return escaped === "/" ? slash : literal(escaped);
  }

  /** `**` between slashes, the ends of the glob and the ends of an alternative; elsewhere it is a `*`. */
  #isGlobstar(start = this.#position): boolean {
    const at = (index: number) => this.#characters[index];
    if (at(start) !== "*" || at(start + 1) !== "*") return false;
    const isBoundary = (character: string | undefined, boundaries: string) =>
      character === undefined || boundaries.includes(character);
    return isBoundary(at(start - 1), "/{,(|") && isBoundary(at(start + 2), "/},)|");
  }

  #parseGlobstar({ items, end }: { items: GlobNode[]; end: number }): void {
    this.#position += 2;
    while (this.#characters[this.#position] === "/" && this.#isGlobstar(this.#position + 1)) this.#position += 3;
    if (this.#characters[this.#position] === "/") {
      this.#position += 1;
      items.push(optional({ type: "sequence", items: [anyText, slash] }));
    } else if (this.#position >= end && items.at(-1)?.type === "slash" && items.at(-2)?.type !== "text") {
      // `a/**` also matches `a`, but `*/**` excludes files beside the directories.
      items.pop();
      items.push(optional({ type: "sequence", items: [slash, anyText] }));
    } else items.push(anyText);
  }

  #parseExtended({ operator, close }: { operator: string; close: number }): GlobNode {
    this.#position += 2;
    const crossesSlash = this.#characters.slice(this.#position, close).includes("/");
    const item = this.#parseOptions({ separator: "|", close });
    switch (operator) {
      case "?":
        return optional(item);
      case "*":
        return { type: "repeat", item, isRequired: false };
      case "+":
        return { type: "repeat", item, isRequired: true };
      case "!":
        return { type: "not", item, crossesSlash };
      default:
        return item;
    }
  }

  #parseBracketed({ opening, close }: { opening: string; close: number }): GlobNode {
    const start = this.#position;
    const inner = this.#characters.slice(start + 1, close);
    if (opening === "[") {
      this.#position = close + 1;
      return eitherOf(
        { type: "character", set: parseSet(inner) },
        literalText(this.#characters.slice(start, close + 1)),
      );
    }
    const range = opening === "{" ? parseRange(inner.join("")) : null;
    if (range !== null) {
      this.#position = close + 1;
      return range;
    }
    this.#position = start + 1;
    if (opening === "{") {
      const isList = this.#findSeparator({ separator: ",", close }) < close;
      return isList ? this.#parseOptions({ separator: ",", close }) : literal(opening);
    }
    const group = this.#parseOptions({ separator: "|", close });
    // Nested brackets are excluded: their literal name would double in length at each level.
    return inner.includes("(") ? group : eitherOf(group, literalText(this.#characters.slice(start, close + 1)));
  }

  /** The alternatives up to `close`, and the position after it. */
  #parseOptions({ separator, close }: { separator: string; close: number }): GlobNode {
    const options: GlobNode[] = [];
    while (this.#position <= close) {
      options.push(this.#parseSequence(this.#findSeparator({ separator, close })));
      this.#position += 1;
    }
    return { type: "alternatives", options };
  }

  #findSeparator({ separator, close }: { separator: string; close: number }): number {
    for (let index = this.#position; index < close; index += 1) {
      if (this.#characters[index] === separator) return index;
      if (this.#characters[index] === "\\") index += 1;
      else index = this.#closings.get(index) ?? index;
    }
    return close;
  }
}

/** The end of each bracket, in one pass. Unclosed brackets are absent. */
function findClosings(characters: readonly string[]): Map<number, number> {
  const closings = new Map<number, number>();
  const open: { character: string; index: number }[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    if (character === "\\") index += 1;
    else if (character === "[") {
      const close = findSetEnd({ characters, start: index });
      if (close === null) continue;
      closings.set(index, close);
      index = close;
    } else if (character === "{" || character === "(") open.push({ character, index });
    else if (character === "}" || character === ")") {
      const wanted = character === "}" ? "{" : "(";
      const depth = open.findLastIndex((bracket) => bracket.character === wanted);
      const start = open[depth];
      if (start === undefined) continue;
      // Brackets that were opened inside and not closed are literal.
      open.length = depth;
      closings.set(start.index, index);
    }
  }
  return closings;
}

/** A `]` in first position belongs to the set. */
function findSetEnd({ characters, start }: { characters: readonly string[]; start: number }): number | null {
  const first = /[!^]/.test(characters[start + 1] ?? "") ? start + 2 : start + 1;
  for (let index = first; index < characters.length; index += 1) {
    if (characters[index] === "/") return null;
    if (characters[index] === "\\") index += 1;
    else if (characters[index] === "]" && index > first) return index;
  }
  return null;
}

function parseSet(inner: readonly string[]): CharacterSet {
  const isNegated = /^[!^]$/.test(inner[0] ?? "");
  const members: { codePoint: number; isDash: boolean }[] = [];
  for (let index = isNegated ? 1 : 0; index < inner.length; index += 1) {
    const isEscaped = inner[index] === "\\" && index + 1 < inner.length;
    if (isEscaped) index += 1;
    members.push({ codePoint: inner[index]?.codePointAt(0) ?? 0, isDash: !isEscaped && inner[index] === "-" });
  }
  const ranges: [number, number][] = [];
  for (let index = 0; index < members.length; index += 1) {
    const [first, dash, last] = members.slice(index, index + 3);
    if (first === undefined) break;
    if (dash?.isDash === true && last !== undefined) {
      ranges.push([first.codePoint, last.codePoint]);
      index += 2;
    } else ranges.push([first.codePoint, first.codePoint]);
  }
  return { ranges, isNegated };
}

/** `{a..e}` and `{3..1}`: one character each. */
function parseRange(inner: string): GlobNode | null {
  const [, from, to] = /^([a-z0-9])\.\.([a-z0-9])$/i.exec(inner) ?? [];
  if (from === undefined || to === undefined) return null;
  const [first = 0, last = 0] = [from.charCodeAt(0), to.charCodeAt(0)].toSorted((a, b) => a - b);
  return { type: "character", set: { ranges: [[first, last]], isNegated: false } };
}

function optional(item: GlobNode): GlobNode {
  return eitherOf(item, empty);
}

function eitherOf(...options: GlobNode[]): GlobNode {
  return { type: "alternatives", options };
}

function literal(character: string): GlobNode {
  const codePoint = character.codePointAt(0) ?? 0;
  return { type: "character", set: { ranges: [[codePoint, codePoint]], isNegated: false } };
}

function literalText(characters: readonly string[]): GlobNode {
  const text = characters.join("").replaceAll(/\\(.)/gsu, "$1");
  return {
    type: "sequence",
    items: [...text].map((character) => (character === "/" ? slash : literal(character))),
  };
}
