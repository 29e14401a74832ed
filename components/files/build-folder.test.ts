import { expect, test } from "vitest";
import { buildFolder } from "./build-folder.ts";

test("nests paths, and joins folders that contain only one folder", () => {
  expect(buildFolder(["a.ts", "src/app/page.tsx", "src/app/x/y.ts", "src/app/x/z.ts"])).toEqual({
    name: "",
    path: "",
    files: [{ name: "a.ts", path: "a.ts" }],
    folders: [
      {
        name: "src/app",
        path: "src/app",
        files: [{ name: "page.tsx", path: "src/app/page.tsx" }],
        folders: [
          {
            name: "x",
            path: "src/app/x",
            folders: [],
            files: [
              { name: "y.ts", path: "src/app/x/y.ts" },
              { name: "z.ts", path: "src/app/x/z.ts" },
            ],
          },
        ],
      },
    ],
  });
});
