import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { DecisionSession } from "../deciding/decision-session.ts";
import { describeKeptOld, listKeptOld } from "./kept-old.ts";

const [a, b] = ["a.ts", "b.ts"] as [FilePath, FilePath];

test("lines and files that are kept old are listed and counted", () => {
  const session = new DecisionSession({
    paths: [a, b],
    proposed: new Map([a, b].map((path) => [path, "take" as const])),
    storage: { read: () => null, write: () => undefined },
  });
  const read = () => listKeptOld({ choices: session.getState().choices, lineCountOf: () => 3 });
  const keep = (index: number) =>
    session.decideLines({ path: a, index, lineCount: 3, isMoved: false, decision: "old" });
  expect([read().size, describeKeptOld(read())]).toEqual([0, ""]);
  keep(0);
  keep(2);
  session.decide({ paths: [b], decision: "old" });
  expect([read(), describeKeptOld(read())]).toEqual([
    new Map<FilePath, "file" | Set<number>>([
      [a, new Set([0, 2])],
      [b, "file"],
    ]),
    "2 changes, 1 file",
  ]);
  keep(1);
  expect(describeKeptOld(read())).toBe("2 files");
  session.decideLines({ path: b, index: 1, lineCount: 3, isMoved: false, decision: "take" });
  expect(read().get(b)).toEqual(new Set([0, 2]));
});
