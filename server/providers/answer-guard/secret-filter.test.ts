import fc from "fast-check";
import { expect, test } from "vitest";
import { filterSecrets, listSecretPatterns, SecretFilter } from "./secret-filter.ts";

/** Keys that overlap, share a prefix, contain one another, or have characters that JSON escapes. */
const secrets = ["sk-canary-12345", "sk-canary-12345-long", "12345-sk-canary", "aaaaaaaa", 'with/slash"and\\é\n'];
const patterns = listSecretPatterns(secrets);

function filterPieces({ pieces, form }: { pieces: readonly string[]; form: "text" | "json" }): string {
  const filter = new SecretFilter({ patterns, form });
  return pieces.map((piece) => filter.push(piece)).join("") + filter.end();
}

function cut({ text, at }: { text: string; at: readonly number[] }): string[] {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((one, other) => one - other);
  return [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length));
}

/** Texts of keys, parts of keys and other characters in random order. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...secrets),
      fc.constantFrom(...secrets).chain((secret) => fc.nat(secret.length).map((length) => secret.slice(0, length))),
      fc.constantFrom(...secrets).chain((secret) => fc.nat(secret.length).map((start) => secret.slice(start))),
      fc.string({ unit: "grapheme", maxLength: 6 }),
      fc.constantFrom("a", "aaaa", "\\", '"', "/", "\\u0061"),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const places = fc.array(fc.nat(500), { maxLength: 40 });

/** A JSON string in which each character is written plainly or as one of its escapes. */
const writtenJson = fc.tuple(text, fc.infiniteStream(fc.nat(3))).map(([value, choices]) => {
  const written = value.split("").map((character) => {
    const choice = choices.next().value as number;
    if (choice === 0) return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    if (choice === 1 && character === "/") return "\\/";
    return JSON.stringify(character).slice(1, -1);
  });
  return { value, json: `{"content":"${written.join("")}"}` };
});

test("the positions of the cuts make no difference, and no secret remains", () => {
  fc.assert(
    fc.property(text, places, (whole, at) => {
      const filtered = filterPieces({ pieces: cut({ text: whole, at }), form: "text" });
      expect(filtered).toBe(filterSecrets({ text: whole, patterns, form: "text" }));
      for (const secret of secrets) expect(filtered).not.toContain(secret);
    }),
    { numRuns: 2_000 },
  );
});

test("JSON stays JSON, and its strings contain no secret, however their characters are escaped", () => {
  fc.assert(
    fc.property(writtenJson, places, ({ value, json }, at) => {
      const filtered = filterPieces({ pieces: cut({ text: json, at }), form: "json" });
      expect(filtered).toBe(filterSecrets({ text: json, patterns, form: "json" }));
      const { content } = JSON.parse(filtered) as { content: string };
      expect(content).toBe(filterSecrets({ text: value, patterns, form: "text" }));
      for (const secret of secrets) expect(content).not.toContain(secret);
    }),
    { numRuns: 2_000 },
  );
});

test("truncated JSON and text that is no JSON pass unchanged", () => {
  for (const broken of ["\\", "a\\u00", "\\u00zz", "\\x", "", "sk-canary-1234"])
    for (const form of ["text", "json"] as const) expect(filterPieces({ pieces: broken.split(""), form })).toBe(broken);
});

test("a text without the start of a secret is not held back", () => {
  const filter = new SecretFilter({ patterns, form: "text" });
  expect(filter.push("let total = 1;")).toBe("let total = 1;");
  expect(filter.push("let key = 'sk-can")).toBe("let key = '");
  expect(filter.push("vas';")).toBe("sk-canvas';");
});

test("short values are not secrets", () => {
  expect(listSecretPatterns(["ollama", "", "none"])).toEqual([]);
});
