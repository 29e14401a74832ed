import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { parseTextAnswer } from "./parse-text-answer.ts";
import { printPatchEnvelope, printSearchReplace } from "./testing/print-blocks.ts";
import { readableOperations, unreadableProposals, type UnreadableProposal } from "./text-proposal.ts";

const edit = (path: string, oldText: string, newText: string): ChangeOperation => ({
  type: "edit",
  path,
  edits: [{ oldText, newText }],
});
const write = (path: string, content: string): ChangeOperation => ({ type: "write", path, content });

describe("parseTextAnswer", () => {
  test.each<[string, string, ChangeOperation[]]>([
    [
      "a block under a path line",
      "Here:\n\napp/a.py\n```python\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\nDone.",
      [edit("app/a.py", "old\n", "new\n")],
    ],
    [
      "a block without a fence",
      "app/a.py\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n",
      [edit("app/a.py", "old\n", "new\n")],
    ],
    [
      "markers of other lengths",
      "a.py\n```\n<<<<< SEARCH\nold\n=====\nnew\n>>>>>>>>> REPLACE  \n```\n",
      [edit("a.py", "old\n", "new\n")],
    ],
    [
      "a path in back ticks, bold or as a heading",
      "**`a.py`**\n```\nx\n```\n### `b.py`:\n```\ny\n```\nFile: c.py\n```\nz\n```",
      [write("a.py", "x\n"), write("b.py", "y\n"), write("c.py", "z\n")],
    ],
    [
      "a path in the fence's line",
      "```python:app/a.py\nx = 1\n```\n```ts lib/b.ts\ny\n```",
      [write("app/a.py", "x = 1\n"), write("lib/b.ts", "y\n")],
    ],
    [
      "a path as the first line in the fence",
      "```\na.py\n<<<<<<< SEARCH\nold\n=======\n>>>>>>> REPLACE\n```",
      [edit("a.py", "old\n", "")],
    ],
    [
      "an empty SEARCH as an edit, for the engine to judge",
      "a.py\n```\n<<<<<<< SEARCH\n=======\nnew\n>>>>>>> REPLACE\n```",
      [edit("a.py", "", "new\n")],
    ],
    [
      "two blocks in one fence as one edit",
      "a.py\n```\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc\n=======\nd\n>>>>>>> REPLACE\n```",
      [
        {
          type: "edit",
          path: "a.py",
          edits: [
            { oldText: "a\n", newText: "b\n" },
            { oldText: "c\n", newText: "d\n" },
          ],
        },
      ],
    ],
    [
      "CRLF",
      "a.py\r\n```\r\n<<<<<<< SEARCH\r\nold\r\n=======\r\nnew\r\n>>>>>>> REPLACE\r\n```\r\n",
      [edit("a.py", "old\n", "new\n")],
    ],
    [
      "a patch",
      "*** Begin Patch\n*** Add File: n.py\n+one\n+\n+two\n*** Update File: a.py\n@@ class A:\n keep\n-old\n+new\n*** Delete File: d.py\n*** Update File: m.py\n*** Move to: dir/m.py\n*** End Patch",
      [
        write("n.py", "one\n\ntwo\n"),
        edit("a.py", "keep\nold\n", "keep\nnew\n"),
        { type: "delete", path: "d.py" },
        { type: "move", source: "m.py", destination: "dir/m.py" },
      ],
    ],
    [
      "blocks behind a patch",
      "*** Begin Patch\n*** Delete File: d.py\n*** End Patch\n\na.py\n```\nx\n```",
      [{ type: "delete", path: "d.py" }, write("a.py", "x\n")],
    ],
  ])("reads %s", (_, text, operations) => {
    const parsed = parseTextAnswer({ text, paths: [] });
    expect(readableOperations(parsed)).toMatchObject(operations);
    expect(unreadableProposals(parsed)).toEqual([]);
  });

  test.each<[string, string, UnreadableProposal["kind"] | null, number]>([
    ["an open fence", "a.py\n```\nx\n```\nb.py\n```\ny", "cut", 1],
    ["an open block", "a.py\n```\n<<<<<<< SEARCH\nold\n=======\nne", "cut", 0],
    ["an open patch", "*** Begin Patch\n*** Delete File: d.py\n*** Update File: a.py\n@@\n-old\n+ne", "cut", 1],
    [
      "two dividers",
      "a.md\n```\n<<<<<<< SEARCH\nTitle\n=======\nold\n=======\nnew\n>>>>>>> REPLACE\n```",
      "ambiguous",
      0,
    ],
    ["a block without a path", "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE", "ambiguous", 0],
    ["prose", "I would add a field. Shall I?", null, 0],
    ["prose with an example", "Run it:\n```sh\nnpm start\n```\n", null, 0],
    ["nothing", "", null, 0],
  ])("says of %s that it is not whole", (_, text, kind, count) => {
    const parsed = parseTextAnswer({ text, paths: [] });
    expect(unreadableProposals(parsed).map((each) => each.kind)).toEqual(kind === null ? [] : [kind]);
    expect(readableOperations(parsed)).toHaveLength(count);
  });

  const line = fc.stringMatching(/^[a-z =(){}#*-]{0,20}$/).filter((each) => !/^(?:={5,9}|```)/.test(each.trim()));
  const block = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => `${lines.join("\n")}\n`);
  const path = fc.constantFrom("a.py", "dir/b.ts", "Dockerfile", "x/y/[id]/page.tsx");
  const operations = fc.uniqueArray(
    fc.oneof(
      fc.record({
        type: fc.constant("edit" as const),
        path,
        edits: fc.array(
          fc.record({ oldText: block, newText: fc.oneof(block, fc.constant("")), isWholeLines: fc.constant(true) }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      fc.record({ type: fc.constant("write" as const), path, content: block }),
    ),
    { selector: ({ path: each }) => each, minLength: 1, maxLength: 4 },
  );

  test("reads back printed blocks", () => {
    fc.assert(
      fc.property(operations, (given) => {
        const parsed = parseTextAnswer({ text: printSearchReplace(given), paths: [] });
        expect(readableOperations(parsed)).toEqual(given);
        expect(unreadableProposals(parsed)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("reads back a printed envelope", () => {
    // Envelopes consist of whole lines, and a hunk with only new lines has no position.
    const isPrintable = (operation: ChangeOperation) =>
      operation.type !== "edit" ||
      operation.edits.every(
        ({ oldText, newText }) =>
          oldText.trim() !== "" && oldText !== newText && !oldText.endsWith("\n\n") && !newText.endsWith("\n\n"),
      );
    fc.assert(
      fc.property(operations, (given) => {
        const printable = given.filter(isPrintable);
        fc.pre(printable.length > 0);
        const parsed = parseTextAnswer({ text: printPatchEnvelope(printable), paths: [] });
        expect(readableOperations(parsed)).toEqual(printable);
        expect(unreadableProposals(parsed)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("never uses an operation that a cut could have truncated", () => {
    fc.assert(
      fc.property(operations, fc.nat(), (given, at) => {
        const whole = printSearchReplace(given);
        const found = readableOperations(parseTextAnswer({ text: whole.slice(0, at % whole.length), paths: [] }));
        for (const operation of found) {
          if (operation.type === "write") expect(given).toContainEqual(operation);
          else if (operation.type === "edit")
            for (const each of operation.edits)
              expect(given.flatMap((one) => (one.type === "edit" ? one.edits : []))).toContainEqual(each);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void parseTextAnswer({ text, paths: [] })),
      { numRuns: 2_000 },
    );
  });
});
