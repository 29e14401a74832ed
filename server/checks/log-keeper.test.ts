import fc from "fast-check";
import { expect, test } from "vitest";
import { LogKeeper } from "./log-keeper.ts";

test("a short output is kept whole, in whatever pieces it arrives", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "é", "\n"), maxLength: 4 }), { maxLength: 5 }),
      (pieces) => {
        const keeper = new LogKeeper({ maxBytes: 40 });
        for (const piece of pieces) keeper.add(Buffer.from(piece));
        expect(keeper.read()).toBe(pieces.join(""));
      },
    ),
  );
});

test("the start and end of a long output are kept, and the gap is marked", () => {
  const keeper = new LogKeeper({ maxBytes: 1_000 });
  keeper.add(Buffer.from("begin\n"));
  for (let line = 0; line < 100_000; line += 1) keeper.add(Buffer.from(`${line}\n`));
  keeper.add(Buffer.from("end\0\n"));
  const log = keeper.read();
  expect(log.length).toBeLessThan(1_100);
  expect(log).toMatch(/^begin\n0\n1\n/);
  expect(log).toMatch(/\n… \d+ bytes are left out here …\n/);
  expect(log.endsWith("99999\nend\uFFFD\n")).toBe(true);
  expect(keeper.readEnd(5)).toBe("end\uFFFD\n");
});
