import { expect, test } from "vitest";
import { formatQueue, parseQueue } from "./comment-queue.ts";

test("a queue is read back as written, without invalid lines", () => {
  const queue = [
    { draftId: "R3 src/a file.ts", commentId: "0b6e2f0e3c674c1c8a525a4f2b9c7d10" },
    { draftId: "L1-4 b.ts", commentId: "1b6e2f0e3c674c1c8a525a4f2b9c7d10" },
  ];
  expect(parseQueue(formatQueue(queue))).toEqual(queue);
  expect(parseQueue(`${formatQueue(queue)}\nR3 a.ts\n`)).toEqual(queue);
  expect(parseQueue(null)).toEqual([]);
});
