import { expect, test } from "vitest";
import { labelDays } from "./label-days.ts";
import { versionId } from "./testing/make-version.ts";

const now = new Date(2026, 2, 30, 15, 0);
const at = (version: number, date: Date) => ({ generationId: versionId(version), createdAt: date.toISOString() });

test("the first version of each day has its name", () => {
  const versions = [
    at(7, new Date(2026, 2, 30, 14)),
    at(6, new Date(2026, 2, 30, 0, 1)),
    at(5, new Date(2026, 2, 29, 23, 59)),
    at(4, new Date(2026, 2, 2, 9)),
    at(3, new Date(2026, 2, 2, 8)),
    at(2, new Date(2025, 11, 31)),
  ];
  expect([...labelDays({ versions, now })]).toEqual([
    [versionId(7), "Today"],
    [versionId(5), "Yesterday"],
    [versionId(4), "Mar 2"],
    [versionId(2), "Dec 31, 2025"],
  ]);
});
