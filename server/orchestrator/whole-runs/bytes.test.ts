import { describe, expect, test } from "vitest";
import { edit, playCalls, read, write, type Calls } from "#server/testing/play-run.ts";

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));
const long = Array.from({ length: 5_000 }, (_, index) => `line number ${index} of the file\n`).join("");

type Case = [name: string, before: string | Uint8Array, turns: Calls[], after: string | Uint8Array | null];
const path = "a.txt";
const cases: Case[] = [
  [
    "Latin-1, edited",
    latin1("name=Größe\nsize=1\n"),
    [[edit(path, ["size=1", "size=2"])]],
    latin1("name=Größe\nsize=2\n"),
  ],
  [
    "Latin-1, written whole",
    latin1("name=Größe\nsize=1\n"),
    [[read(path)], [write(path, "name=Größe\nsize=2\n")]],
    latin1("name=Größe\nsize=2\n"),
  ],
  [
    "Latin-1 and a character that it lacks",
    latin1("name=Größe\nsize=1\n"),
    [[edit(path, ["size=1", "size=😀"])]],
    null,
  ],
  ["UTF-16", utf16("one\r\ntwo\r\n"), [[edit(path, ["two", "three"])]], utf16("one\r\nthree\r\n")],
  [
    "line ends of Windows, edited",
    "one\r\ntwo\r\n",
    [[edit(path, ["one\ntwo", "one\nnew\ntwo"])]],
    "one\r\nnew\r\ntwo\r\n",
  ],
  ["mixed line ends", "one\r\ntwo\nthree\r\n", [[edit(path, ["three", "four"])]], "one\r\ntwo\nfour\r\n"],
  ["line ends of old Macs", "one\rtwo\rthree", [[edit(path, ["two", "2"])]], "one\r2\rthree"],
  ["a byte order mark", "\uFEFFone\ntwo\n", [[read(path)], [write(path, "one\nthree\n")]], "\uFEFFone\nthree\n"],
  ["no final line end", "one\ntwo", [[edit(path, ["one", "1"])]], "1\ntwo"],
  ["combining characters", "cafe\u0301\nb\n", [[edit(path, ["b", "c"])]], "cafe\u0301\nc\n"],
  ["joined emoji", "x 👨‍👩‍👧‍👦 y\n", [[edit(path, ["👨‍👩‍👧‍👦", "👩‍🚀"])]], "x 👩‍🚀 y\n"],
  ["text from right to left", "שלום עולם\nb\n", [[edit(path, ["עולם", "לך"])]], "שלום לך\nb\n"],
  ["marks of replacements", "echo $1\n", [[edit(path, ["echo $1", "echo $$ $& $1"])]], "echo $$ $& $1\n"],
  ["one line of 5,000", long, [[edit(path, ["4242 of", "4242 in"])]], long.replace("4242 of", "4242 in")],
];

describe("unnamed files keep their bytes", () => {
  test.each(cases)("%s", async (_, before, turns, after) => {
    const result = await playCalls({ parent: { [path]: before }, prompt: "Please make the change", turns });
    if (after === null) expect(result).toBe("held");
    else expect(Buffer.from((result as Record<string, string>)[path] ?? "")).toEqual(Buffer.from(after as string));
  });
});
