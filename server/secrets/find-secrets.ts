import { extname } from "node:path/posix";
import { lintSource } from "@secretlint/core";
import { secretLintProfiler } from "@secretlint/profiler";
import { creator as recommendedRules } from "@secretlint/secretlint-rule-preset-recommend";
import type { SecretFinding } from "#server/core/secrets/secret-finding.ts";

/** On by default, it keeps two marks per rule and file for the lifetime of the process: 120 MB after 5,000 files. */
secretLintProfiler.setEnabled(false);

const config = { rules: [{ id: "recommended", rule: recommendedRules, rules: [] }] };

/** A file with more is a list of test data; only the first are reported. */
const maxFindings = 200;

/**
 * Finds secrets in known formats in a text: keys of common providers, private keys, passwords in addresses. The formats
 * are those of secretlint's recommended rules, which their authors maintain.
 */
export async function findSecrets({ path, text }: { path: string; text: string }): Promise<SecretFinding[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content: text, contentType: "text", ext: extname(path) },
    options: { config, noPhysicFilePath: true },
  });
  return messages
    .map(({ ruleId, loc, range: [start, end] }) => ({ kind: nameKind(ruleId), line: loc.start.line, start, end }))
    .sort((one, other) => one.start - other.start)
    .slice(0, maxFindings);
}

const kinds: Readonly<Record<string, string>> = {
  aws: "AWS key",
  gcp: "Google Cloud key",
  privatekey: "private key",
  npm: "npm token",
  basicauth: "password in an address",
  "database-connection-string": "password in a database address",
  github: "GitHub token",
  gitlab: "GitLab token",
  openai: "OpenAI key",
  anthropic: "Anthropic key",
  slack: "Slack token",
  sendgrid: "SendGrid key",
  shopify: "Shopify token",
  linear: "Linear key",
  "1password": "1Password token",
  hashicorp: "HashiCorp token",
};

/** `@secretlint/secretlint-rule-aws` is "AWS key"; a rule that is not listed here keeps its own name. */
function nameKind(ruleId: string): string {
  const name = ruleId.replace(/^.*secretlint-rule-/, "");
  return kinds[name] ?? `${name} secret`;
}
