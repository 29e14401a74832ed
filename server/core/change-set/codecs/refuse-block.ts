import { advice, unreadable } from "./answer-text.ts";
import type { TextProposal, UnreadableProposal } from "./text-proposal.ts";

/** A tool call written as text. */
export function callAsText({
  lines,
  index,
  toolName,
  path,
}: {
  lines: readonly string[];
  index: number;
  toolName: string | undefined;
  path: string | null;
}): TextProposal {
  const name = toolName ?? "a tool";
  return unreadable({
    lines,
    index,
    kind: "call",
    path,
    toolName,
    reason: `A call of ${name} was written as text${path === null ? "" : `, for ${path}`}; text is not executed.`,
    advice: "Send the change in the form that was asked for.",
  });
}

/** A shell command that would change a project file. */
export function commandAsText({
  lines,
  index,
  name,
  path,
}: {
  lines: readonly string[];
  index: number;
  name: string;
  path: string;
}): TextProposal {
  return unreadable({
    lines,
    index,
    kind: "command",
    path,
    toolName: name,
    reason: `The command ${name} for ${path} was written as text; commands are not executed.`,
    advice: "If it is a change, send it in the form that was asked for.",
  });
}

/** A file that the prose deletes and no block does. */
export function deletionInWords({
  lines,
  index,
  path,
}: {
  lines: readonly string[];
  index: number;
  path: string;
}): TextProposal {
  return unreadable({
    lines,
    index,
    kind: "command",
    path,
    reason: `The text says that ${path} is deleted, and no block deletes it.`,
    advice: "To delete it, send a patch with a *** Delete File section.",
  });
}

/** A block inside another fence or a quotation, which may be an example. */
export function insideAnother(block: ReadBlock): TextProposal {
  return doubt({
    ...block,
    kind: "form",
    reason: "A block is inside another fence or a quotation, so it may be an example.",
    advice: "If it is a change, send it again without what is around it.",
  });
}

/** A block in a part of the answer that has several readings. */
export function insideDoubt(block: ReadBlock): TextProposal {
  return doubt({
    ...block,
    kind: "ambiguous",
    reason: `The block in line ${block.proposal.line} may be part of the block before it, whose end is not certain.`,
    advice: advice.again,
  });
}

type ReadBlock = { lines: readonly string[]; proposal: TextProposal };

function doubt({
  lines,
  proposal,
  ...refusal
}: ReadBlock & { kind: UnreadableProposal["kind"]; reason: string; advice: string }): TextProposal {
  if (proposal.status === "unreadable") return proposal;
  const { operation } = proposal;
  const path = operation.type === "move" ? operation.source : operation.path;
  return unreadable({ lines, index: proposal.line - 1, path, ...refusal });
}

type OpenFence = { lines: readonly string[]; index: number; path: string | null };

/** A fence that extends to the end of the answer. */
export function cutFence(fence: OpenFence): TextProposal {
  return refuseOpenFence({ ...fence, end: "is not closed." });
}

/** A fence inside which another one opens although no fence can be content there. */
export function unclosedFence(fence: OpenFence): TextProposal {
  return refuseOpenFence({ ...fence, end: "is not closed before the next one opens." });
}

function refuseOpenFence({ lines, index, path, end }: OpenFence & { end: string }): TextProposal {
  return unreadable({
    lines,
    index,
    kind: "cut",
    path,
    reason: `The fence in line ${index + 1}${path === null ? "" : ` for ${path}`} ${end}`,
    advice: advice.again,
  });
}
