const secondHeader = /\ndiff --git [\s\S]*?\n\+\+\+ [^\n]*\n/;
const fileHeader = /^@@ -(?:1|1,(\d+)) \+0,0 @@\n/m;
const newHeader = /^@@ -0,0 \+(1(?:,\d+)?) @@\n/m;

/**
 * Joins the patch of a file that became a link, or the reverse, to a single file with a single hunk. Git writes a
 * deletion and an addition, of which a view of one file would show half. Any other patch is returned unchanged.
 */
export function joinTypeChange(patch: string): string {
  const header = secondHeader.exec(patch);
  if (header === null) return patch;
  const removed = patch.slice(0, header.index + 1);
  const added = patch.slice(header.index + header[0].length);
  const range = newHeader.exec(added)?.[1];
  if (range === undefined || !fileHeader.test(removed)) return patch;
  return (
    removed
      .replace(
        fileHeader,
        (_, count: string | undefined) => `@@ -1${count === undefined ? "" : `,${count}`} +${range} @@\n`,
      )
      .replace(/^deleted file mode \d+\n/m, "")
      .replace(
        /^--- ([^\n]*)\n\+\+\+ \/dev\/null\n/m,
        (_, path: string) => `--- ${path}\n+++ ${path.replace(/^("?)a\//, "$1b/")}\n`,
      ) + added.replace(newHeader, "")
  );
}
