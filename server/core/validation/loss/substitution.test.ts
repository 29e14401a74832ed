import fc from "fast-check";
import { expect, test } from "vitest";
import { buildSubstitution, compareNames, splitWords } from "./substitution.ts";

test.each([
  ["read_items(item_id)", "read_notes(note_id)"],
  ["class ItemBase: ITEM_LIMIT", "class NoteBase: NOTE_LIMIT"],
  ["useItems, readItem, item-row, Items", "useNotes, readNote, note-row, Notes"],
  ["itemize, items2, anitem, ITEMS_OF", "itemize, notes2, anitem, NOTES_OF"],
])("%j becomes %j", (text, expected) => {
  expect(buildSubstitution({ from: ["item"], to: ["note"] }).apply(text)).toBe(expected);
});

test("one word becomes two in the style of its context", () => {
  const { apply } = buildSubstitution({ from: ["post"], to: ["blog", "entry"] });
  expect(apply("savePost listPosts POST_LIMIT")).toBe("saveBlogEntry listBlogEntries BLOG_ENTRY_LIMIT");
});

test.each([
  ["read_items", "read_notes", { from: ["item"], to: ["note"] }],
  ["createUser", "registerUser", { from: ["create"], to: ["register"] }],
  ["Item", "BlogEntry", { from: ["item"], to: ["blog", "entry"] }],
  ["readItem", "read_item", null],
  ["item", "items", null],
])("%s and %s", (from, to, expected) => {
  expect(compareNames({ from, to })).toEqual(expected);
});

test("the substitution for one name applies to all its words", () => {
  const word = fc.constantFrom("user", "team", "order", "price", "page", "field");
  const name = fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("_"));
  fc.assert(
    fc.property(name, name, (from, to) => {
      const difference = compareNames({ from, to });
      if (difference === null || difference.from.length > 1) return;
      const { apply } = buildSubstitution(difference);
      expect(splitWords(apply(from)).join("_")).toBe(to);
    }),
  );
});
