import { advice, joinLines, unreadable } from "./answer-text.ts";
import { findForeignForm } from "./forms/find-foreign-form.ts";
import { isEnvelopeBegin, readPatchEnvelope } from "./forms/patch-envelope.ts";
import { extensionOf, type ProjectPaths } from "./paths/project-paths.ts";
import { isSearchMarker, readBlocks } from "./forms/search-replace.ts";
import type { PathSource, TextProposal } from "./text-proposal.ts";
import { looksLikeDiff, readUnifiedDiff } from "./forms/unified-diff.ts";

/**
 * Reads the lines that describe a file: search/replace blocks, a patch, a diff, or the whole text. The first one is
 * line `offset` of the answer.
 */
export function readFileBody({ offset, ...file }: FileBody & { offset: number }): TextProposal[] {
  return readLines(file).map((proposal) => ({ ...proposal, line: proposal.line + offset }));
}

type FileBody = {
  body: readonly string[];
  project: ProjectPaths;
  path: string;
  source: PathSource;
  isPart: boolean;
  isExampleLike: boolean;
};

function readLines({ body, project, path, source, isPart, isExampleLike }: FileBody): TextProposal[] {
  const first = Math.max(
    0,
    body.findIndex((line) => line.trim() !== ""),
  );
  if (isSearchMarker(body[first] ?? "")) {
    const { proposals, next, isBroken } = readBlocks({ lines: body, index: first, path, source });
    return isBroken || body.slice(next).every((line) => line.trim() === "")
      ? proposals
      : [...proposals, textAfterBlocks({ lines: body, index: next, path })];
  }
  if (isEnvelopeBegin(body[first] ?? "")) return readPatchEnvelope({ lines: body, index: first, path }).proposals;
  const isDiffFile = /^(?:diff|patch)$/.test(extensionOf(path));
  if (!isDiffFile && looksLikeDiff(body))
    return readUnifiedDiff({ lines: body, index: 0, limit: body.length, path, source, project }).proposals;
  const form = findForeignForm({ path, body });
  const reason =
    form !== null
      ? `The block for ${path} is ${form} and not the file itself.`
      : isPart
        ? `The block for ${path} is said to be a part of the file.`
        : null;
  if (reason !== null)
    return [unreadable({ lines: body, index: 0, kind: "form", path, reason, advice: advice.wholeOrBlocks })];
  const operation = { type: "write" as const, path, content: joinLines(body) };
  return [{ status: "readable", operation, pathSource: source, isExampleLike, line: 1 }];
}

/** Lines between the last block and the end of its fence: neither a block nor file text. */
export function textAfterBlocks({
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
    kind: "form",
    path,
    reason: `After the blocks for ${path} the fence holds text that belongs to no block.`,
    advice: advice.blocks,
  });
}
