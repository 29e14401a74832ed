import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { parseTextAnswer } from "#server/core/change-set/codecs/parse-text-answer.ts";
import { listNamedPaths } from "#server/core/proposals/proposal.ts";
import type { Workspace } from "../workspace.ts";

/** Lines that only occur in changes, even if the rest is unreadable. */
const changeMarkers = /^<{5,9} ?SEARCH\s*$|^\*\*\* Begin Patch\s*$|^<file-part path=/m;

/**
 * Records changes that a model with tools wrote as text instead of calling a tool. They are never applied, because text
 * may be an example or an excerpt. A change that the file already has is ignored.
 *
 * @returns what the model has to be told; null if there is nothing
 */
export async function readTextProposals({
  text,
  workspace,
}: {
  text: string;
  workspace: Workspace;
}): Promise<string | null> {
  const names: string[] = [];
  for (const proposal of parseTextAnswer({ text, paths: workspace.listFilePaths() }).proposals) {
    if (proposal.status === "readable") {
      const { operation, isExampleLike } = proposal;
      if (isExampleLike || (await isThere({ operation, workspace }))) continue;
      const [path = ""] = listNamedPaths(operation);
      const name = operation.type === "write" ? "a file in a fence" : "a block";
      names.push(`${name} for ${path}`);
      refuse({ workspace, name, type: operation.type, path, operation });
    } else if (proposal.kind === "call" || changeMarkers.test(text)) {
      names.push(proposal.reason);
      workspace.refuseText(proposal);
    }
  }
  if (names.length === 0) return null;
  return `Your answer holds changes as text, and text changes nothing: ${names.join(", ")}. Call the tools for them. If they are made already, call finish.`;
}

function refuse({
  workspace,
  name,
  type,
  path,
  operation,
}: { workspace: Workspace } & Pick<
  Parameters<Workspace["refuseUnread"]>[0],
  "name" | "type" | "path" | "operation"
>): void {
  const where = path === null ? "" : ` for ${path}`;
  const message = `${name}${where} was written as text, not called as a tool.`;
  workspace.refuseUnread({
    source: "text",
    name,
    type,
    path,
    operation,
    message,
    report: `${message} Call the tool for it.`,
  });
}

/** An excerpt of a file's current or previous text, or a change that was already made. */
async function isThere({
  operation,
  workspace,
}: {
  operation: ChangeOperation;
  workspace: Workspace;
}): Promise<boolean> {
  const [path = ""] = listNamedPaths(operation);
  const { now, before } = await workspace.readStates(path);
  switch (operation.type) {
    case "write":
      return [now, before].some((text) => text?.includes(operation.content.trim()) === true);
    case "edit":
      return (
        now !== null &&
        operation.edits.every(({ oldText, newText }) => !now.includes(oldText.trim()) && now.includes(newText.trim()))
      );
    case "delete":
    case "move":
      return now === null;
  }
}
