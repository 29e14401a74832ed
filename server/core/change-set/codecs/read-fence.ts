import { advice, unreadable, type AnswerText, type ReadPart } from "./answer-text.ts";
import { chooseBlockPath, findEditPath, isAboutExample, isSameFile, readInfoPath } from "./paths/choose-block-path.ts";
import { readFenceLine, type FenceLine } from "./fences/fence-line.ts";
import type { FenceEnd } from "./fences/fence-pairs.ts";
import { findCall } from "./forms/find-call.ts";
import { readFilePartTag, readFileTag } from "./forms/file-tag.ts";
import { findFileCommand } from "./forms/find-file-command.ts";
import { findWholeEnd } from "./fences/find-whole-end.ts";
import { callAsText, commandAsText, cutFence, insideAnother, insideDoubt, unclosedFence } from "./refuse-block.ts";
import { isEnvelopeStart, readPatchEnvelope } from "./forms/patch-envelope.ts";
import { readPathLine } from "./paths/path-line.ts";
import { extensionOf } from "./paths/project-paths.ts";
import { readFileBody, textAfterBlocks } from "./read-file-body.ts";
import { isReplaceMarker, isSearchMarker, readBlocks } from "./forms/search-replace.ts";
import type { TextProposal } from "./text-proposal.ts";
import { isDiffStart, looksLikeDiff, readUnifiedDiff } from "./forms/unified-diff.ts";

type FenceContext = {
  answer: AnswerText;
  index: number;
  fence: FenceLine;
  /** Lines of prose above the fence, nearest first. */
  above: readonly string[];
  /** Reads a part of the answer as an answer of its own. */
  readInner: (range: { start: number; end: number }) => TextProposal[];
};

const diffLabel = /^(?:diff|patch|udiff|git-?diff|unified)\b/i;

/** Reads one fence of an answer: its proposals, or prose. */
export function readFence(context: FenceContext): ReadPart {
  const { answer, index } = context;
  const { lines } = answer;
  const first = skipBlank({ lines, index: index + 1 });
  const second = skipBlank({ lines, index: first + 1 });
  const namesPath = isSearchMarker(lines[second] ?? "") && readFenceLine(lines[first] ?? "") === null;
  if (isSearchMarker(lines[first] ?? "") || namesPath) return readFencedBlocks({ ...context, first });
  if (isEnvelopeStart(lines[first] ?? "") && !isUnderPath(context)) return readFencedEnvelope({ ...context, first });
  if (diffLabel.test(context.fence.info) || isDiffStart({ lines, index: first }) || /^@@ -\d/.test(lines[first] ?? ""))
    return readFencedDiff(context);
  return readWhole(context);
}

function skipBlank({ lines, index }: { lines: readonly string[]; index: number }): number {
  let cursor = index;
  while (cursor < lines.length && lines[cursor]?.trim() === "") cursor += 1;
  return cursor;
}

/** Blocks mark their own end, so fences inside them are content. */
function readFencedBlocks(context: FenceContext & { first: number }): ReadPart {
  const { answer, index, fence, above, first } = context;
  const { lines, project } = answer;
  const proposals: TextProposal[] = [];
  let path: string | null = findEditPath({ above, info: fence.info, project });
  let source: "line" | "fence" = readInfoPath({ info: fence.info, project }) === path ? "fence" : "line";
  let cursor = first;
  for (;;) {
    cursor = skipBlank({ lines, index: cursor });
    const line = lines[cursor] ?? "";
    if (cursor >= lines.length) {
      proposals.push(cutFence({ lines, index, path }));
      return { proposals, next: cursor };
    }
    if (isClosing({ line, fence })) return { proposals, next: cursor + 1 };
    if (!isSearchMarker(line)) {
      const named = readPathLine({ text: uncomment(line), project });
      if (named.status === "path" && isSearchMarker(lines[skipBlank({ lines, index: cursor + 1 })] ?? "")) {
        if (path !== null && proposals.length === 0 && !isSameFile(path, named.path)) {
          const reason = `The text names ${path}, and the fence under it names ${named.path}.`;
          proposals.push(unreadable({ lines, index, kind: "ambiguous", path, reason, advice: advice.pathLine }));
          return skipBroken({ context, proposals, index: cursor });
        }
        path = named.path;
        source = "line";
        cursor += 1;
        continue;
      }
      proposals.push(textAfterBlocks({ lines, index: cursor, path: path ?? "an unnamed file" }));
      return skipBroken({ context, proposals, index: cursor });
    }
    if (path === null) {
      proposals.push(
        unreadable({
          lines,
          index: cursor,
          kind: "path",
          reason: `The SEARCH block in line ${cursor + 1} has no path above it.`,
          advice: advice.pathLine,
        }),
      );
      return skipBroken({ context, proposals, index: cursor });
    }
    const read = readBlocks({ lines, index: cursor, path, source });
    proposals.push(...read.proposals);
    if (read.isBroken) return skipBroken({ context, proposals, index: read.next });
    cursor = read.next;
  }
}

function uncomment(line: string): string {
  return line.replace(/^\s*(?:#|\/\/+|--|;+|\/\*+|<!--)\s*(?=\S)/, "").replace(/\s*(?:\*\/|-->)\s*$/, "");
}

function isClosing({ line, fence }: { line: string; fence: FenceLine }): boolean {
  const closing = readFenceLine(line);
  return (
    closing !== null &&
    closing.mark === fence.mark &&
    closing.length >= fence.length &&
    closing.info === "" &&
    !closing.isListItem
  );
}

/**
 * Skips blocks whose end is unknown: continues after the next bare fence line that follows a REPLACE line. What
 * precedes it could be content of the broken block; if it looks like another file, it is reported as uncertain too.
 */
function skipBroken({
  context: { answer, fence, readInner },
  proposals,
  index,
}: {
  context: FenceContext;
  proposals: TextProposal[];
  index: number;
}): ReadPart {
  const { lines } = answer;
  let end = index + 1;
  while (end < lines.length && !(isClosing({ line: lines[end] ?? "", fence }) && isReplaceMarker(lines[end - 1] ?? "")))
    end += 1;
  let own = index + 1;
  while (own < end && !isClosing({ line: lines[own] ?? "", fence })) own += 1;
  const doubtful = readInner({ start: Math.min(own + 1, end), end: end + 1 }).flatMap((proposal) =>
    proposal.status === "unreadable" && proposal.path === null ? [] : [insideDoubt({ lines, proposal })],
  );
  return { proposals: [...proposals, ...doubtful], next: end + 1 };
}

/** A path on its own line: what follows is that file, in any form. */
function isUnderPath({ above, answer: { project } }: FenceContext): boolean {
  const line = readPathLine({ text: above[0] ?? "", project });
  return line.status === "path" && line.source === "line";
}

function readFencedEnvelope({ answer, index, first, fence }: FenceContext & { first: number }): ReadPart {
  const { lines } = answer;
  const { proposals, next } = readPatchEnvelope({ lines, index: first });
  const after = skipBlank({ lines, index: next });
  if (isClosing({ line: lines[after] ?? "", fence })) return { proposals, next: after + 1 };
  if (after >= lines.length) return { proposals, next: after };
  const reason = "After the patch the fence holds text that belongs to no section.";
  const rest = unreadable({ lines, index: after, kind: "form", reason, advice: advice.again });
  const end = answer.fences.findEnd({ line: index, fence, maxColumns: fence.columns });
  return {
    proposals: [...proposals, rest],
    next: end.status === "closed" && end.end >= after ? end.end + 1 : lines.length,
  };
}

/** Lines of a diff begin with a sign, so only a bare line with the fence's own indentation can close it. */
function readFencedDiff(context: FenceContext): ReadPart {
  const { answer, index, fence, above } = context;
  const { lines, project } = answer;
  const chosen = findEditPath({ above, info: fence.info.replace(diffLabel, ""), project });
  if (chosen !== null && /^(?:diff|patch)$/.test(extensionOf(chosen))) return readWhole(context);
  const header = /^\+\+\+ (\S+)/m.exec(lines.slice(index + 1, index + 8).join("\n"))?.[1] ?? null;
  const end = findWholeEnd({ answer, index, fence, likelyPath: chosen ?? header, isSigned: true });
  if (end.status === "unclosed")
    return {
      proposals: [unclosedFence({ lines, index, path: chosen })],
      next: end.next,
      above: lines.slice(end.next - 3, end.next),
    };
  if (end.status !== "closed") return refuseFence({ context, end, path: chosen });
  const body = lines.slice(index + 1, end.end);
  if (chosen === null && !looksLikeDiff(body) && !body.some((line) => /^[-+]/.test(line)))
    return { proposals: [], next: end.end + 1, prose: lines.slice(index, end.end + 1) };
  const { proposals } = readUnifiedDiff({
    lines,
    index: index + 1,
    limit: end.end,
    path: chosen,
    source: "line",
    project,
  });
  return { proposals, next: end.end + 1 };
}

/** A fence with a whole file, or with text for the user. */
function readWhole(context: FenceContext): ReadPart {
  const { answer, index, fence, above, readInner } = context;
  const { lines, project } = answer;
  const start = index + 1;
  const likelyPath = guessPath(context);
  const end = findWholeEnd({ answer, index, fence, likelyPath });
  if (end.status === "unclosed") {
    const body = lines.slice(start, end.next);
    const chosen = chooseBlockPath({ above, info: fence.info, body, project });
    return {
      proposals: chosen.status === "prose" ? [] : [unclosedFence({ lines, index, path: chosen.path })],
      next: end.next,
      prose: chosen.status === "prose" ? body : [],
      above: body.slice(-3),
    };
  }
  if (end.status !== "closed") return refuseFence({ context, end, path: likelyPath });
  const next = end.end + 1;
  const body = stripIndent({ body: lines.slice(start, end.end), indent: fence.indent });
  const chosen = chooseBlockPath({ above, info: fence.info, body: body ?? [], project });
  if (body === null)
    return {
      proposals: [
        unreadable({
          lines,
          index,
          kind: "ambiguous",
          path: chosen.status === "prose" ? null : chosen.path,
          reason: `The fence in line ${start} is indented, and some of its lines are not, so their indentation is not known.`,
          advice: advice.again,
        }),
      ],
      next,
    };
  if (chosen.status === "path") {
    const proposals = readFileBody({
      body,
      offset: start,
      project,
      path: chosen.path,
      source: chosen.source,
      isPart: chosen.isPart,
      isExampleLike: isAboutExample(above),
    });
    return { proposals, next };
  }
  const proposals = readUnnamed({ answer, start, end: end.end, body, chosen, readInner });
  return { proposals, next, prose: proposals.length === 0 ? lines.slice(index, next) : [] };
}

/** A fence without a file: a call, another form with its own path, code of an unknown file, or prose. */
function readUnnamed({
  answer: { lines, project },
  start,
  end,
  body,
  chosen,
  readInner,
}: {
  answer: AnswerText;
  start: number;
  end: number;
  body: readonly string[];
  chosen: Exclude<ReturnType<typeof chooseBlockPath>, { status: "path" }>;
  readInner: FenceContext["readInner"];
}): TextProposal[] {
  const first = skipBlank({ lines, index: start });
  if (body.some((line) => readFileTag(line) !== null || readFilePartTag(line) !== null))
    return readInner({ start, end });
  const call = findCall({ lines, index: first, limit: end });
  if (call !== null) return [callAsText({ lines, index: first, ...call })];
  if (body.some((line) => readFenceLine(line) !== null)) {
    const inner = readInner({ start, end });
    if (inner.length > 0) return inner.map((proposal) => insideAnother({ lines, proposal }));
  }
  const command = findFileCommand({ body, project });
  if (command !== null) return [commandAsText({ lines, index: start - 1, ...command })];
  if (chosen.status === "prose") return [];
  return [
    unreadable({
      lines,
      index: start - 1,
      kind: "path",
      path: chosen.status === "unknown" ? chosen.path : null,
      reason: chosen.reason,
      advice: advice.pathLine,
    }),
  ];
}

/** The path that decides how fences in the block are read. */
function guessPath({ answer: { lines, project }, index, fence, above }: FenceContext): string | null {
  const [lead = ""] = above;
  const line = readPathLine({ text: lead, project });
  const inFence = readInfoPath({ info: fence.info, project });
  if (line.status === "path" && line.source === "line") return line.path;
  if (inFence !== null) return inFence;
  if (line.status === "path") return line.path;
  const first = skipBlank({ lines, index: index + 1 });
  const chosen = chooseBlockPath({ above, info: fence.info, body: lines.slice(first, first + 1), project });
  return chosen.status === "prose" ? null : chosen.path;
}

/** Lines without the indentation of their fence; null if only some lines have it. */
function stripIndent({ body, indent }: { body: readonly string[]; indent: string }): readonly string[] | null {
  if (indent === "") return body;
  const lines = body.filter((line) => line.trim() !== "");
  if (lines.every((line) => line.startsWith(indent))) return body.map((line) => line.slice(indent.length));
  return lines[0] !== undefined && /^\S/.test(lines[0]) ? body : null;
}

/** A fence whose end is unknown, and the files that may be in the uncertain part. */
function refuseFence({
  context: { answer, index, fence, above, readInner },
  end,
  path,
}: {
  context: FenceContext;
  end: Exclude<FenceEnd, { status: "closed" }>;
  path: string | null;
}): ReadPart {
  const { lines, project } = answer;
  const last = end.status === "open" ? lines.length : Math.min(end.lastEnd + 1, lines.length);
  if (end.status === "open" && lines.slice(index + 1).every((line) => line.trim() === ""))
    return fence.info === "" && path === null
      ? { proposals: [], next: last }
      : { proposals: [cutFence({ lines, index, path })], next: last };
  const named = path ?? findEditPath({ above, info: fence.info, project });
  const own =
    end.status === "open"
      ? cutFence({ lines, index, path: named })
      : unreadable({
          lines,
          index,
          kind: "ambiguous",
          path: named,
          reason: `The fence in line ${index + 1}${named === null ? "" : ` for ${named}`} holds fences that can be paired in more than one way, so its end is not known.`,
          advice: advice.longerFence,
        });
  const start = end.status === "open" ? index + 1 : end.firstEnd + 1;
  const doubtful = readInner({ start, end: last }).map((proposal) => insideDoubt({ lines, proposal }));
  return { proposals: [own, ...doubtful], next: last };
}
