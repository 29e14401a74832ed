import { parseTextAnswer } from "#server/core/change-set/codecs/parse-text-answer.ts";
import { unreadableProposals, type UnreadableProposal } from "#server/core/change-set/codecs/text-proposal.ts";
import type { Workspace } from "../workspace.ts";

/** Deletions and moves that a model claims, of files that are still in place. */
export function findUndoneClaims({ text, workspace }: { text: string; workspace: Workspace }): UnreadableProposal[] {
  const parsed = parseTextAnswer({ text, paths: workspace.listFilePaths() });
  return unreadableProposals(parsed).filter(({ kind, toolName }) => kind === "command" && toolName === undefined);
}
