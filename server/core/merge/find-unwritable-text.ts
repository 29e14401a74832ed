import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";

/**
 * What a change would write into a text file although no text file can contain it: a NUL character would make it
 * binary, without diffs, edits or checks from then on, and a lone surrogate is lost in UTF-8. Null if there is neither.
 */
export function findUnwritableText(operation: ChangeOperation): string | null {
  for (const text of listTexts(operation)) {
    if (text.includes("\0"))
      return "a NUL character, which would make the file binary. In source, write it as an escape, such as \\0 or \\u0000";
    if (!text.isWellFormed())
      return "half of a surrogate pair, which is no character. Write the whole character, or its escape";
  }
  return null;
}

function listTexts(operation: ChangeOperation): string[] {
  switch (operation.type) {
    case "write":
      return operation.encoding === "base64" ? [] : [operation.content];
    case "edit":
      return operation.edits.map(({ newText }) => newText);
    case "delete":
    case "move":
      return [];
  }
}
