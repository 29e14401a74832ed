import { readPackageJson } from "./read-manifests.ts";

const packageCommand =
  /^(?<prefix>(?:cd (?<directory>[\w./-]+) && )?)(?<manager>npm|pnpm|yarn) (?:run )?(?<script>[\w:.-]+)$/;

const flags: readonly { tool: RegExp; text: string }[] = [
  {
    tool: /^vitest\b[^&|;]*$/,
    text: "--reporter=default --reporter=json --outputFile.json=/reports/vitest.json",
  },
  { tool: /^(?:[A-Z_]+=\S+ )*jest\b[^&|;]*$/, text: "--json --outputFile=/reports/jest.json --testLocationInResults" },
];

/**
 * Extends a check's command so that its tool writes a machine-readable report. The command stays the one that the user
 * confirmed: only a package script that is a single known tool gets more arguments; other tools are configured by
 * environment variables.
 */
export function addReports({
  command,
  readText,
}: {
  command: string;
  /** Returns the text of a file of the version. */
  readText: (path: string) => string | undefined;
}): { command: string; env: Record<string, string> } {
  const env: Record<string, string> = { PYTEST_ADDOPTS: "--junitxml=/reports/pytest.xml -o junit_family=xunit1" };
  const groups = packageCommand.exec(command)?.groups;
  if (groups === undefined)
    return { command, env: /\bnode (?:\S+ )*--test\b/.test(command) ? { ...env, ...nodeReporters } : env };
  const { directory, manager, script = "" } = groups;
  const manifest = readPackageJson(readText(directory === undefined ? "package.json" : `${directory}/package.json`));
  const text = manifest?.scripts[script] ?? "";
  if (/\bnode (?:\S+ )*--test\b/.test(text)) return { command, env: { ...env, ...nodeReporters } };
  const found = flags.find(({ tool }) => tool.test(text.replace(/^npx (?:--\S+ )*/, "")));
  if (found === undefined) return { command, env };
  return { command: `${command}${manager === "npm" ? " --" : ""} ${found.text}`, env };
}

const nodeReporters = {
  NODE_OPTIONS: [
    "--test-reporter=spec --test-reporter-destination=stdout",
    "--test-reporter=junit --test-reporter-destination=/reports/node.xml",
  ].join(" "),
};
