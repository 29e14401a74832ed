import fc from "fast-check";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { encodeText } from "./file-content.ts";
import { parseLinkTarget } from "./link-target.ts";

const parse = ({ path, target }: { path: string; target: string }) =>
  parseLinkTarget({ path: path as FilePath, content: encodeText(target) });

describe("parseLinkTarget", () => {
  test.each([
    ["CLAUDE.md", "AGENTS.md"],
    ["a/b/link", "../../README.md"],
    ["a/link", ".."],
    ["link", "."],
    ["a/link", "./../d"],
    ["docs/latest", "missing/page.md"],
    ["x", "übersicht.md"],
    ["x", "a b"],
  ])("accepts %s -> %s", (path, target) => {
    expect(parse({ path, target })).toEqual({ status: "valid", target });
  });

  test.each([
    ["link", "/etc/passwd"],
    ["link", "../secrets"],
    ["a/link", "../../x"],
    ["a/link", "b/../../../x"],
    ["a/link", "./c/../d"],
    ["link", "C:/Windows"],
    ["link", "c:x"],
    ["link", "\\\\host\\share"],
    ["link", "a\\..\\..\\x"],
    ["link", ".git/config"],
    ["link", "a/.GIT/hooks"],
    ["sub/.gitmodules", "x"],
    ["link", ""],
    ["link", "a\nb"],
    ["link", "a\0b"],
    ["link", "x/".repeat(600)],
  ])("refuses %s -> %s", (path, target) => {
    expect(parse({ path, target }).status).toBe("invalid");
  });

  test("refuses a target that is not UTF-8", () => {
    expect(parseLinkTarget({ path: "a" as FilePath, content: Uint8Array.of(0xff, 0x61) }).status).toBe("invalid");
  });

  test("no accepted target resolves to a place outside the project", () => {
    const segments = fc.array(fc.constantFrom("..", ".", "", "a", "b.ts", ".git", "/", "C:"), { maxLength: 8 });
    fc.assert(
      fc.property(segments, fc.array(fc.constantFrom("a", "b"), { maxLength: 4 }), (parts, folders) => {
        const path = [...folders, "link"].join("/");
        const target = parts.join("/");
        if (parse({ path, target }).status === "invalid") return;
        const resolved = posix.normalize(posix.join("/root/project", ...folders, target));
        expect(`${resolved}/`.startsWith("/root/project/")).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test("accepted links stay inside, through any chain of accepted links", () => {
    const step = fc.constantFrom("..", "a", "b", "l", ".");
    const anyTarget = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join("/"));
    const links = fc.array(fc.tuple(fc.constantFrom("l", "a/l", "a/b/l"), anyTarget), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(links, (all) => {
        const accepted = new Map(all.filter(([path, target]) => parse({ path, target }).status === "valid"));
        for (const start of accepted.keys()) expect(follow({ start, links: accepted })).toBe("inside");
      }),
      { numRuns: 5_000 },
    );
  });
});

/** Resolves links like a file system: each step starts where the last one led, and links on the way are followed. */
function follow({ start, links }: { start: string; links: ReadonlyMap<string, string> }): "inside" | "outside" {
  const rest = start.split("/");
  const at: string[] = [];
  for (let count = 0; rest.length > 0 && count < 100; count += 1) {
    const step = rest.shift() ?? "";
    if (step === "." || step === "") continue;
    if (step === "..") {
      if (at.length === 0) return "outside";
      at.pop();
      continue;
    }
    const target = links.get([...at, step].join("/"));
    if (target === undefined) at.push(step);
    else rest.unshift(...target.split("/"));
  }
  return "inside";
}
