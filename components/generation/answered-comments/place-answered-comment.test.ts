import { expect, test } from "vitest";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { placeAnsweredComment } from "./place-answered-comment.ts";

const projectId = "p" as ProjectId;
const entry = (path: string, disposition: LedgerEntry["disposition"]) => ({ path, disposition }) as LedgerEntry;
const generation = {
  generationId: "v3" as GenerationId,
  parentGenerationIds: ["v2" as GenerationId],
  ledger: [entry("a.py", "modified"), entry("b.py", "kept"), entry("gone.py", "deleted"), entry("new/c.py", "moved")],
};
const comment = (change: Partial<Parameters<typeof placeAnsweredComment>[0]["comment"]> & { at?: string }) => {
  const path = (change.at ?? "a.py") as FilePath;
  return {
    generationId: "v2" as GenerationId,
    path,
    newPath: path,
    side: "additions" as const,
    firstLine: 2,
    lastLine: 2,
    ...change,
  };
};

test.each([
  ["changed lines", comment({}), "/p/p/g/v3/review?file=a.py&L=L2"],
  ["several lines", comment({ lastLine: 4 }), "/p/p/g/v3/review?file=a.py&L=L2-4"],
  ["a file that stayed the same", comment({ at: "b.py" }), "/p/p/g/v3/files/b.py?L=2"],
  ["a file that is gone", comment({ at: "gone.py", newPath: null }), "/p/p/g/v3/review?file=gone.py&L=L2"],
  [
    "a file that moved",
    comment({ at: "c.py", newPath: "new/c.py" as FilePath }),
    "/p/p/g/v3/review?file=new%2Fc.py&L=L2",
  ],
  ["lines that were deleted by then", comment({ side: "deletions" }), "/p/p/g/v3/review?file=a.py"],
  [
    "lines of another version than the parent",
    comment({ generationId: "v1" as GenerationId }),
    "/p/p/compare/v1...v3?file=a.py&L=L2",
  ],
])("%s", (_, of, href) => {
  expect(placeAnsweredComment({ projectId, generation, comment: of })).toBe(href);
});
