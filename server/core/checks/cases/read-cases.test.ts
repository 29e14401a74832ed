import fc from "fast-check";
import { expect, test } from "vitest";
import { readCases } from "./read-cases.ts";

/** Each failed case as `path:line name`. */
function failed(log: string, reports: { name: string; text: string }[] = []): string[] {
  return readCases({ log, reports })
    .cases.filter(({ status }) => status === "failed")
    .map(({ path, line, name }) => `${path ?? ""}${line === undefined ? "" : `:${line}`} ${name}`.trim());
}

test.each([
  [
    "tsc",
    "src/a.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.\nFound 1 error.",
    ["src/a.ts:12 TS2322 Type 'string' is not assignable to type 'number'."],
  ],
  [
    "tsc at a terminal",
    "\u001B[96msrc/a.ts\u001B[0m:\u001B[93m12\u001B[0m:\u001B[93m5\u001B[0m - \u001B[91merror\u001B[0m TS2304: Cannot find name 'x'.",
    ["src/a.ts:12 TS2304 Cannot find name 'x'."],
  ],
  [
    "mypy",
    "app/a.py:3: error: Incompatible return value type  [return-value]\nFound 1 error in 1 file",
    ["app/a.py:3 return-value Incompatible return value type"],
  ],
  [
    "ruff",
    "app/a.py:1:8: F401 [*] `os` imported but unused\nFound 1 error.",
    ["app/a.py:1 F401 [*] `os` imported but unused"],
  ],
  [
    "eslint",
    "/work/src/a.js\n  3:7  error  'x' is assigned a value but never used  no-unused-vars\n\n✖ 1 problem",
    ["src/a.js:3 no-unused-vars 'x' is assigned a value but never used"],
  ],
  [
    "unittest",
    "test_adds (tests.test_a.Sums.test_adds) ... ok\ntest_takes (tests.test_a.Sums.test_takes) ... FAIL\ntest_old (tests.test_a.Sums) ... ERROR\n",
    ["tests.test_a.Sums.test_takes", "tests.test_a.Sums.test_old"],
  ],
  [
    "go",
    "--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.01s)\n    --- FAIL: TestB/inner (0.00s)\nFAIL",
    ["TestB", "TestB/inner"],
  ],
  ["cargo", "test tests::adds ... ok\ntest tests::takes ... FAILED\ntest tests::slow ... ignored", ["tests::takes"]],
  ["TAP", "TAP version 13\nok 1 - adds\nnot ok 2 - takes\nok 3 - waits # SKIP\n1..3", ["takes"]],
  ["pytest", "FAILED tests/test_a.py::test_takes - assert 1 == 2\n1 failed", ["tests/test_a.py test_takes"]],
  ["vitest", " FAIL  src/a.test.ts > sums > takes\nAssertionError", ["src/a.test.ts sums > takes"]],
  ["compileall", "*** Error compiling './app/a.py'...\n  File \"./app/a.py\", line 3", ["app/a.py does not compile"]],
  ["a program that is none of these", "everything is 1:2:3 fine: error\nok then\n", []],
])("reads the output of %s", (_name, log, expected) => {
  expect(failed(log)).toEqual(expected);
});

test("prefers a machine-readable report to the log", () => {
  const junit = `<?xml version="1.0"?><testsuites><testsuite name="pytest" tests="3">
    <testcase classname="tests.test_a" name="test_adds" file="tests/test_a.py" line="3" time="0.1" />
    <testcase classname="tests.test_a" name="test_takes" file="tests/test_a.py" line="7"><failure message="assert 1 &lt; 0&#10;more">trace</failure></testcase>
    <testcase classname="tests.test_a" name="test_waits"><skipped type="pytest.skip" message="later">x</skipped></testcase>
  </testsuite></testsuites>`;
  const read = readCases({ log: "not ok 1 - another", reports: [{ name: "pytest.xml", text: junit }] });
  expect(read.counts).toEqual({ passed: 1, failed: 1, skipped: 1 });
  expect(read.cases[0]).toEqual({
    name: "tests.test_a > test_takes",
    status: "failed",
    path: "tests/test_a.py",
    line: 8,
    message: "assert 1 < 0\nmore",
  });
});

test("names node:test's cases by suite, and vitest's by file", () => {
  const node = `<testsuites><testcase name="adds" classname="test" file="/work/a.test.mjs"/><testsuite name="suite"><testcase name="takes" classname="suite" file="/work/a.test.mjs"><failure type="testCodeFailure" message="1 == 2">\nError</failure></testcase></testsuite></testsuites>`;
  expect(failed("", [{ name: "node.xml", text: node }])).toEqual(["a.test.mjs suite > takes"]);
  const json = JSON.stringify({
    testResults: [
      {
        name: "/work/src/a.test.ts",
        status: "failed",
        assertionResults: [
          { ancestorTitles: ["sums"], title: "takes", status: "failed", failureMessages: ["AssertionError"] },
        ],
      },
      { name: "/work/src/b.test.ts", status: "failed", assertionResults: [], message: "Cannot find module" },
    ],
  });
  expect(failed("", [{ name: "vitest.json", text: json }])).toEqual([
    "src/a.test.ts sums > takes",
    "src/b.test.ts src/b.test.ts",
  ]);
});

test("no text takes long or makes the reader fail", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          "<",
          ">",
          "testcase",
          "testsuite",
          "/",
          '"',
          "=",
          " ",
          "&#",
          "a",
          "\n",
          "ok 1 - ",
          ":1:2: ",
          "(1,2): error TS1: ",
        ),
      }),
      (text) => {
        readCases({ log: text, reports: [{ name: "a.xml", text: `<testsuites>${text}` }] });
      },
    ),
  );
  const long = `${"a.".repeat(50_000)}: error\n${" ".repeat(100_000)}×\n<testsuites>${'<testcase name="a" '.repeat(5_000)}`;
  const startedAt = performance.now();
  readCases({ log: long, reports: [{ name: "a.xml", text: long }] });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
