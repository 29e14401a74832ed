import { expect, test } from "vitest";
import { findLicenceFaults, type LockedPackage } from "./find-licence-faults.ts";

const check = (packages: Record<string, LockedPackage>) =>
  findLicenceFaults({ lock: { packages: { "": {}, ...packages } }, readLicence: () => undefined });

test.each<[string, LockedPackage]>([
  ["a", { license: "MIT" }],
  ["b", { license: "apache-2.0" }],
  ["c", { license: "(AFL-2.1 OR BSD-3-Clause)" }],
  ["d", { license: "MIT AND ISC" }],
  ["e", { license: "GPL-3.0", dev: true }],
  ["lightningcss-linux-x64-gnu", { license: "MPL-2.0" }],
])("%s under %o may stay", (name, locked) => {
  expect(check({ [`node_modules/${name}`]: locked })).toEqual([]);
});

test.each<[string, LockedPackage, string]>([
  ["elkjs", { license: "EPL-2.0" }, "elkjs is under EPL-2.0, which is not on the list."],
  ["a", { license: "MIT AND GPL-3.0" }, "a is under MIT AND GPL-3.0, which is not on the list."],
  ["b", { license: "MPL-2.0" }, "b is under MPL-2.0, which is not on the list."],
  ["c", {}, "c states no licence."],
])("%s under %o may not", (name, locked, fault) => {
  expect(check({ [`node_modules/x/node_modules/${name}`]: locked })).toEqual([fault]);
});

test("a package for another platform has the licence of its family", () => {
  expect(check({ "node_modules/a-linux-x64": { license: "MIT" }, "node_modules/a-win32-x64": {} })).toEqual([]);
  expect(check({ "node_modules/a-linux-x64": { license: "GPL-3.0" }, "node_modules/a-win32-x64": {} })).toHaveLength(2);
});
