import { expect, test } from "vitest";
import type { EntityLayers } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findLayerFiles } from "./find-layer-files.ts";

const place = (layer: EntityLayers["layers"][number]["layer"], path: string) => ({
  layer,
  name: layer,
  path: path as FilePath,
  line: 1,
});
const layers: EntityLayers[] = [
  {
    name: "OrderLine",
    layers: [place("table", "models.py"), place("request", "schemas.py"), place("response", "schemas.py")],
    missing: [],
  },
  { name: "User", layers: Array.from({ length: 50 }, (_, at) => place("route", `r${at}.py`)), missing: [] },
];

test.each([
  [
    "Show the order lines of a customer",
    [
      ["models.py", "has the table of OrderLine"],
      ["schemas.py", "has a request, a response of OrderLine"],
    ],
  ],
  ["Show the order", []],
  ["Users of so many files say nothing", []],
])("%s", (prompt, expected) => {
  expect([...findLayerFiles({ codeSchema: { layers }, prompt })]).toEqual(expected);
});
