import { applyPatch, createTwoFilesPatch } from "diff";
import { applyEdits } from "#server/core/merge/apply-edits.ts";
import { formatMs } from "./bench-table.ts";
import type { BenchRow } from "./bench-table.ts";
import { buildProjectFixture } from "./project-fixture.ts";

/** Exact edits on 1,000 generated files, beside jsdiff's applyPatch on the same changes. */
export function benchEdits(): BenchRow[] {
  const cases = [...buildProjectFixture(1_000).texts.values()].map((before, index) => {
    const oldText = `part ${index % 12} of module ${index}.`;
    const newText = `part ${index % 12} of module ${index}, changed.`;
    const after = before.split(oldText).join(newText);
    return { before, after, oldText, newText, patch: createTwoFilesPatch("a", "a", before, after) };
  });
  const results = { graft: { right: 0, wrong: 0, refused: 0, ms: 0 }, jsdiff: { right: 0, wrong: 0, refused: 0, ms: 0 } };
  let startedAt = performance.now();
  for (const { before, after, oldText, newText } of cases) {
    const result = applyEdits({ text: before, edits: [{ oldText, newText }] });
    results.graft[result.status === "failed" ? "refused" : result.text === after ? "right" : "wrong"] += 1;
  }
  results.graft.ms = performance.now() - startedAt;
  startedAt = performance.now();
  for (const { before, after, patch } of cases) {
    const result = applyPatch(before, patch);
    results.jsdiff[result === false ? "refused" : result === after ? "right" : "wrong"] += 1;
  }
  results.jsdiff.ms = performance.now() - startedAt;
  const format = ({ right, wrong, refused, ms }: (typeof results)["graft"]) => `${formatMs(ms)}: ${right} right, ${wrong} wrong, ${refused} refused`;
  return [{ name: "1,000 exact edits", graft: format(results.graft), yardstick: format(results.jsdiff), note: "jsdiff applyPatch, same changes" }];
}
