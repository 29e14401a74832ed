import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";

/** Prints operations as search/replace blocks and whole files, as a model sends them. */
export function printSearchReplace(
  operations: readonly Extract<ChangeOperation, { type: "edit" | "write" }>[],
): string {
  return operations
    .map((operation) => {
      if (operation.type === "write") return `${operation.path}\n\`\`\`\n${operation.content}\`\`\`\n`;
      const blocks = operation.edits.map(
        ({ oldText, newText }) => `<<<<<<< SEARCH\n${oldText}=======\n${newText}>>>>>>> REPLACE\n`,
      );
      return `${operation.path}\n\`\`\`\n${blocks.join("")}\`\`\`\n`;
    })
    .join("\n");
}

/** Prints operations as a patch envelope: each hunk has its old and new lines, without context. */
export function printPatchEnvelope(operations: readonly ChangeOperation[]): string {
  const lines = (text: string, sign: string) =>
    text === ""
      ? ""
      : text
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => `${sign}${line}\n`)
          .join("");
  const sections = operations.map((operation) => {
    switch (operation.type) {
      case "write":
        return `*** Add File: ${operation.path}\n${lines(operation.content, "+")}`;
      case "delete":
        return `*** Delete File: ${operation.path}\n`;
      case "move":
        return `*** Update File: ${operation.source}\n*** Move to: ${operation.destination}\n`;
      case "edit":
        return `*** Update File: ${operation.path}\n${operation.edits.map((edit) => `@@\n${lines(edit.oldText, "-")}${lines(edit.newText, "+")}`).join("")}`;
    }
  });
  return `*** Begin Patch\n${sections.join("")}*** End Patch\n`;
}
