/** The project's files as `list_files` prints them, and as the built-in generator reads them back. */
export type ListedFile = { path: string; sizeBytes: number; isLink?: boolean };

/** The maximum number of files in one listing. */
const maxListedFiles = 2_000;

/** One file per line, `path N bytes` or `path symbolic link`; a last line counts omitted files. */
export function formatFileListing(files: readonly ListedFile[]): string {
  if (files.length === 0) return "No files.";
  const lines = files
    .slice(0, maxListedFiles)
    .map(({ path, sizeBytes, isLink }) => (isLink === true ? `${path}  symbolic link` : `${path}  ${sizeBytes} bytes`));
  if (files.length > maxListedFiles) lines.push(`… and ${files.length - maxListedFiles} more: use a glob`);
  return lines.join("\n");
}

/** The files of a listing, without links. */
export function parseFileListing(text: string): ListedFile[] {
  return text.split("\n").flatMap((line) => {
    const match = /^(.+?) {2}(\d+) bytes$/.exec(line);
    return match?.[1] === undefined ? [] : [{ path: match[1], sizeBytes: Number(match[2]) }];
  });
}
