import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { findSecrets } from "./find-secrets.ts";

/** Concatenated here, so that secret scanners do not report this file. */
const known: [kind: string, path: string, text: string][] = [
  ["AWS key", ".env", `AWS_SECRET_ACCESS_KEY=${["wJalrXUtnFEMI", "K7MDENG", "bPxRfiCYzKEYzKEYzK"].join("/")}`],
  [
    "private key",
    "id_rsa",
    `-----BEGIN RSA ${"PRIVATE"} KEY-----\n${"MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn\n".repeat(12)}-----END RSA ${"PRIVATE"} KEY-----`,
  ],
  ["GitHub token", "a.yml", `token: ${["ghp", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("_")}`],
  [
    "npm token",
    ".npmrc",
    `//registry.example/:_authToken=${["npm", "abcdefghijklmnopqrstuvwxyz0123456789"].join("_")}`,
  ],
  [
    "Slack token",
    "a.py",
    `SLACK = "${["xoxb", "123456789012", "123456789012", "abcdefghijklmnopqrstuvwx"].join("-")}"`,
  ],
  ["password in a database address", "a.ts", `const url = "${["mysql", "//root:changeme4@db.example/x"].join(":")}"`],
];

test.each(known)("finds a %s, with its line, and stores nothing of it", async (kind, path, text) => {
  const findings = await findSecrets({ path, text: `# settings\n\n${text}\n` });
  expect(findings.map((finding) => [finding.kind, finding.line])).toContainEqual([kind, 3]);
  for (const { start, end } of findings)
    expect(JSON.stringify(findings)).not.toContain(`# settings\n\n${text}\n`.slice(start, end));
});

test("finds nothing in ordinary code, example settings and hashes", async () => {
  const text = [
    'const key = process.env.API_KEY ?? "";',
    "DATABASE_URL=postgresql://postgres:postgres@localhost:5432/app",
    "OPENAI_API_KEY=sk-...",
    `integrity: sha512-${"z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="}`,
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  ].join("\n");
  expect(await findSecrets({ path: "a.env", text })).toEqual([]);
});

/** A backtracking rule would not finish on one of these. */
const units = [
  "A",
  " ",
  "\n",
  "a:",
  "http://",
  "a:b@",
  "postgres://",
  "AKIA",
  "sk-",
  "xoxb-",
  "SG.",
  "-",
  "/",
  "_",
  "=",
  '"',
  "Ab1+",
  "-----BEGIN RSA PRIVATE KEY-----\n",
  "AWS_SECRET_ACCESS_KEY=",
  "_authToken=",
  '{"auths":{"',
  "ghp_",
];

test("reads 1 MiB of repeated secret prefixes to its end", async () => {
  for (const unit of units)
    expect((await findSecrets({ path: "a.json", text: unit.repeat(1_048_576 / unit.length) })).length).toBeLessThan(
      201,
    );
});

test("the process keeps nothing of a search", async () => {
  for (let index = 0; index < 20; index += 1) await findSecrets({ path: `a${index}.ts`, text: `const a = ${index};` });
  expect(performance.getEntriesByType("mark")).toEqual([]);
});
