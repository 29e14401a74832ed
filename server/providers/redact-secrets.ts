/** A text with every given secret taken out: providers echo keys in their errors. */
export function redactSecrets({ text, secrets }: { text: string; secrets: readonly string[] }): string {
  return secrets.reduce(
    (redacted, secret) => (secret === "" ? redacted : redacted.replaceAll(secret, "[redacted]")),
    text,
  );
}
