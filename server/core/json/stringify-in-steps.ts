import type { Steps } from "../steps.ts";

/** Shorter texts are joined, because sending a piece has a fixed cost. */
const pieceCharacters = 65_536;

/**
 * The text of `JSON.stringify(value)` in pieces, in steps: the elements of the value's lists are serialised one at a
 * time, because a list of several thousand would block the process.
 */
export function* stringifyInSteps(value: object): Steps<string[]> {
  const pieces: string[] = [];
  let piece = "";
  const add = (text: string) => {
    piece += text;
    if (piece.length < pieceCharacters) return;
    pieces.push(piece);
    piece = "";
  };
  let isFirst = true;
  add("{");
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    add(`${isFirst ? "" : ","}${JSON.stringify(name)}:`);
    isFirst = false;
    if (Array.isArray(member)) {
      for (const [index, element] of member.entries()) {
        add(`${index === 0 ? "[" : ","}${JSON.stringify(element) ?? "null"}`);
        yield;
      }
      add(member.length === 0 ? "[]" : "]");
    } else add(JSON.stringify(member));
    yield;
  }
  add("}");
  pieces.push(piece);
  return pieces;
}
