import { expect, test } from "vitest";
import { chooseView } from "./choose-view.ts";

test("two columns where they read well, or where they fit and the user wants them", () => {
  const choose = (widthPx: number, chosen: "split" | "unified" | null) => chooseView({ widthPx, chosen }).view;
  expect([choose(1_000, null), choose(700, null), choose(500, null)]).toEqual(["split", "unified", "unified"]);
  expect([choose(1_000, "unified"), choose(700, "split"), choose(500, "split")]).toEqual([
    "unified",
    "split",
    "unified",
  ]);
});
