import { expect, test } from "vitest";
import { readPreviewPath, toPreviewUrl } from "./preview-path.ts";

const url = "http://v8-abc.localhost:41234/";
const read = (typed: string) => readPreviewPath({ typed, url });

test("reads a path with or without a leading slash", () => {
  expect(read("/tasks?done=1#top")).toBe("/tasks?done=1#top");
  expect(read(" tasks/7 ")).toBe("/tasks/7");
  expect(read("?q=a b")).toBe("/?q=a%20b");
  expect(read("")).toBe("/");
});

test("reads the path of a full URL of the preview", () => {
  expect(read("http://v8-abc.localhost:41234/tasks")).toBe("/tasks");
});

test("rejects an address outside the preview", () => {
  for (const typed of ["https://example.com/", "//example.com/a", "javascript:alert(1)", "http://localhost:3000/p/x"])
    expect([typed, read(typed)]).toEqual([typed, null]);
});

test("keeps every path within the preview", () => {
  expect(toPreviewUrl({ path: "/tasks", url })).toBe("http://v8-abc.localhost:41234/tasks");
  expect(read("/../../etc")).toBe("/etc");
  expect(toPreviewUrl({ path: read("/.//example.com") ?? "", url })).toBe("http://v8-abc.localhost:41234//example.com");
  expect(read("\\\\example.com")).toBe(null);
});
