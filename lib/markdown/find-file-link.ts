export type FileLink = { path: string; line: number | undefined };

const withLine = /^(.*?)(?:#L?(\d{1,7})(?:-L?\d{1,7})?|:(\d{1,7})(?:[-:]\d{1,7})?)?$/;

/**
 * The file of a version that a link or a name refers to, with its line: `app/a.py`, `./app/a.py#L12`, `app/a.py:12-20`.
 * Null if the version does not have the file.
 */
export function findFileLink({ target, paths }: { target: string; paths: ReadonlySet<string> }): FileLink | null {
  const decoded = decode(target.trim());
  if (paths.has(decoded)) return { path: decoded, line: undefined };
  const [, named = "", hashLine, colonLine] = withLine.exec(decoded) ?? [];
  const path = named.replace(/^(?:\.?\/)+/, "");
  const line = Number(hashLine ?? colonLine ?? 0);
  return paths.has(path) ? { path, line: line > 0 ? line : undefined } : null;
}

/** An address that is safe as a link: http and https only. */
export function isWebAddress(target: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(target);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
