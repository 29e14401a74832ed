import fc from "fast-check";
import { expect, test } from "vitest";
import { SecretMask, withheldMark } from "./secret-mask.ts";

const key = ["wJalrXUtnFEMI", "K7MDENG", "bPxRfiCYzKEYzKEYzK"].join("/");
const address = "postgresql://app:hunter2!x@db.example.com/app";
const privateKey = `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n".repeat(3)}-----END PRIVATE KEY-----`;
const mask = new SecretMask([key, address, privateKey]);

test("a secret is replaced everywhere, and the rest is unchanged", () => {
  expect(mask.apply(`AWS_SECRET_ACCESS_KEY=${key}\nREGION=eu-west-1\n`)).toBe(
    `AWS_SECRET_ACCESS_KEY=${withheldMark}\nREGION=eu-west-1\n`,
  );
  expect(mask.apply(`a ${address} b`)).toBe(`a ${withheldMark} b`);
  expect(mask.apply("postgresql://other:secret@db.example.com/app")).toContain("postgresql://other");
  expect(mask.apply(`x${privateKey}y`)).toBe(`x${withheldMark}y`);
});

test("a line that a tool has cut shows no recognisable part", () => {
  fc.assert(
    fc.property(fc.nat(key.length), fc.nat(key.length), fc.string(), fc.string(), (a, b, before, after) => {
      const part = key.slice(Math.min(a, b), Math.max(a, b));
      const shown = mask.apply(`${before} ${part} ${after}`);
      for (let start = 0; start + 16 <= part.length; start += 1)
        expect(shown).not.toContain(part.slice(start, start + 16));
    }),
  );
  expect(mask.apply(privateKey.split("\n").slice(2, 3).join("\n"))).toBe(withheldMark);
});

test("words of a secret address stay readable elsewhere", () => {
  const named = new SecretMask(["postgresql://app:hunter2!x@application-database-1.example.com/application_records"]);
  for (const text of [
    "application-database-1.example.com",
    "SELECT 1 FROM application_records",
    "postgresql://localhost",
  ])
    expect(named.apply(text)).toBe(text);
  expect(named.apply("psql -h x -U app:hunter2!x@")).toBe(`psql -h x -U app${withheldMark}`);
});

test("text without secrets is unchanged", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => mask.apply(text) === text));
  expect(new SecretMask([]).isEmpty).toBe(true);
});
