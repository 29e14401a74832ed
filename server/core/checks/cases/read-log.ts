import type { CaseResult } from "./case-result.ts";

type LineReader = { pattern: RegExp; read: (groups: Readonly<Record<string, string | undefined>>) => CaseResult };

const verdict = (word: string): CaseResult["status"] =>
  /^(ok|pass|passed)$/i.test(word) ? "passed" : /^(ignored|skip|skipped)/i.test(word) ? "skipped" : "failed";

/** The fields found in a line; the path is relative to the folder of the version. */
function place({ path, line }: Readonly<Record<string, string | undefined>>): Pick<CaseResult, "path" | "line"> {
  return {
    ...(path === undefined ? {} : { path: path.replace(/^(\/work\/|\.\/)/, "") }),
    ...(line === undefined ? {} : { line: Number(line) }),
  };
}

/** Formats of tools that print each case on its own line and have no machine-readable report. */
const lineReaders: readonly LineReader[] = [
  {
    // tsc: src/a.ts(12,5): error TS2322: Type …
    pattern: /^(?<path>[^\s(][^(\n]*)\((?<line>\d+),\d+\): error (?<code>TS\d+): (?<message>.*)$/,
    read: (groups) => fault(groups),
  },
  {
    // tsc at a terminal, ruff, oxlint, gcc: src/a.ts:12:5 - error TS2322: …
    pattern: /^(?<path>[\w./@-][^\s:]*):(?<line>\d+):\d+:? (?:- )?(?:error:? ?)?(?<code>[A-Z]+\d+):? (?<message>.*)$/,
    read: (groups) => fault(groups),
  },
  {
    // mypy: app/a.py:12: error: Incompatible types  [assignment]
    pattern: /^(?<path>[\w./@-][^\s:]*):(?<line>\d+)(?::\d+)?: error: (?<message>.*?)(?:\s+\[(?<code>[\w-]+)\])?$/,
    read: (groups) => fault(groups),
  },
  {
    // unittest -v: test_a (tests.Case.test_a) ... FAIL
    pattern: /^(?<name>test\w*) \((?<group>[\w.]+)\)(?:.*?) \.\.\. (?<verdict>ok|FAIL|ERROR|skipped.*)$/,
    read: ({ name = "", group = "", verdict: word = "" }) => ({
      name: group.endsWith(`.${name}`) ? group : `${group}.${name}`,
      status: verdict(word),
      message: "",
    }),
  },
  {
    // go: --- FAIL: TestA (0.00s)
    pattern: /^\s*--- (?<verdict>PASS|FAIL|SKIP): (?<name>\S+) \(/,
    read: ({ name = "", verdict: word = "" }) => ({ name, status: verdict(word), message: "" }),
  },
  {
    // cargo: test a::b ... FAILED
    pattern: /^test (?<name>\S+)(?: - should panic)? \.\.\. (?<verdict>ok|FAILED|ignored)/,
    read: ({ name = "", verdict: word = "" }) => ({ name, status: verdict(word), message: "" }),
  },
  {
    // TAP, without the lines of nested suites, which follow their cases.
    pattern: /^\s*(?<verdict>not ok|ok) \d+(?: -)? (?<name>[^#\n]+?)(?: # (?<directive>SKIP|TODO).*)?$/,
    read: ({ name = "", verdict: word = "", directive }) => ({
      name,
      status: directive !== undefined ? "skipped" : word === "ok" ? "passed" : "failed",
      message: "",
    }),
  },
  {
    // pytest -q: FAILED tests/test_a.py::test_a - assert 1 == 2
    pattern: /^(?<verdict>FAILED|ERROR) (?<path>[^\s:]+\.py)::(?<name>\S+)(?: - (?<message>.*))?$/,
    read: ({ name = "", message = "", ...groups }) => ({ name, status: "failed", ...place(groups), message }),
  },
  {
    // vitest: FAIL  src/a.test.ts > adds
    pattern: /^\s*(?:FAIL|×)\s+(?:\|[^|]*\|\s+)?(?<path>\S+\.[cm]?[jt]sx?) > (?<name>.+)$/,
    read: ({ name = "", ...groups }) => ({ name, status: "failed", ...place(groups), message: "" }),
  },
  {
    // compileall: *** Error compiling './a.py'...
    pattern: /^\*\*\* Error compiling '(?<path>[^']+)'/,
    read: (groups) => ({ name: "does not compile", status: "failed", ...place(groups), message: "" }),
  },
];

/** A case is identified without its line number, which shifts with every edit above it. */
function fault({ code = "error", message = "", ...groups }: Readonly<Record<string, string | undefined>>): CaseResult {
  return { name: `${code} ${message}`.slice(0, 300), status: "failed", ...place(groups), message };
}

const eslintFile = /^(?:\/work\/)?(?<path>[\w.@/-]+\.\w+)$/;
const eslintFault = /^\s+(?<line>\d+):\d+\s+error\s+(?<message>.+?)\s\s+(?<code>[\w@/-]+)$/;

const colours = new RegExp(`${String.fromCodePoint(27)}\\[[\\d;]*[A-Za-z]`, "g");

/** The cases in a log, in order and without duplicates: tools repeat their failures at the end. */
export function readLog(log: string): CaseResult[] {
  const found = new Map<string, CaseResult>();
  let eslintPath: string | undefined;
  for (const line of log.replaceAll(colours, "").split(/\r?\n/)) {
    eslintPath = eslintFile.exec(line)?.groups?.["path"] ?? eslintPath;
    const result = readLine({ line: line.slice(0, 2_000), eslintPath });
    if (result === null) continue;
    const key = `${result.path ?? ""}\n${result.name}`;
    if (found.get(key)?.status !== "failed") found.set(key, result);
  }
  return [...found.values()];
}

function readLine({ line, eslintPath }: { line: string; eslintPath: string | undefined }): CaseResult | null {
  const linted = eslintPath === undefined ? undefined : eslintFault.exec(line)?.groups;
  if (linted !== undefined) return fault({ ...linted, path: eslintPath });
  for (const { pattern, read } of lineReaders) {
    const groups = pattern.exec(line)?.groups;
    if (groups !== undefined) return read(groups);
  }
  return null;
}
