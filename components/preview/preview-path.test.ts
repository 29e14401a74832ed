import { expect, test } from "vitest";
import { readPreviewPath, toPreviewUrl } from "./preview-path.ts";

const url = "http://v8-abc.localhost:41234/";
const read = (typed: string) => readPreviewPath({ typed, url });

test("a path is read as it is typed, with or without its first slash", () => {
  expect(read("/tasks?done=1#top")).toBe("/tasks?done=1#top");
  expect(read(" tasks/7 ")).toBe("/tasks/7");
  expect(read("?q=a b")).toBe("/?q=a%20b");
  expect(read("")).toBe("/");
});

test("a whole address of the preview is its path", () => {
  expect(read("http://v8-abc.localhost:41234/tasks")).toBe("/tasks");
});

test("a place outside of the preview is none", () => {
  for (const typed of ["https://example.com/", "//example.com/a", "javascript:alert(1)", "http://localhost:3000/p/x"])
    expect([typed, read(typed)]).toEqual([typed, null]);
});

test("a path stays within the preview whatever it is", () => {
  expect(toPreviewUrl({ path: "/tasks", url })).toBe("http://v8-abc.localhost:41234/tasks");
  expect(read("/../../etc")).toBe("/etc");
  expect(toPreviewUrl({ path: read("/.//example.com") ?? "", url })).toBe("http://v8-abc.localhost:41234//example.com");
  expect(read("\\\\example.com")).toBe(null);
});
