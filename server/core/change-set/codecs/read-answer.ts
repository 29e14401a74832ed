import { advice, unreadable, type AnswerText, type ReadPart } from "./answer-text.ts";
import { findEditPath } from "./paths/choose-block-path.ts";
import { FencePairs } from "./fences/fence-pairs.ts";
import { readFenceLine } from "./fences/fence-line.ts";
import { findCall } from "./forms/find-call.ts";
import { findFilePartEnd, findFileTagEnd, readFilePartTag, readFileTag } from "./forms/file-tag.ts";
import { isEnvelopeStart, readPatchEnvelope } from "./forms/patch-envelope.ts";
import { readPathLine } from "./paths/path-line.ts";
import type { ProjectPaths } from "./paths/project-paths.ts";
import { readFence } from "./read-fence.ts";
import { callAsText, insideAnother, insideDoubt } from "./refuse-block.ts";
import { readFileBody } from "./read-file-body.ts";
import { isReplaceMarker, isSearchMarker, readBlocks } from "./forms/search-replace.ts";
import type { ParsedTextAnswer, TextProposal } from "./text-proposal.ts";
import { readLoneThoughtEnd, readThought, stripChatMarks } from "./thoughts.ts";
import { WrapperTags } from "./wrapper-tags.ts";
import { findDiffEnd, isDiffStart, readUnifiedDiff } from "./forms/unified-diff.ts";

type ReadAnswer = Pick<ParsedTextAnswer, "proposals" | "prose">;

/**
 * Reads an answer from top to bottom. The construct that begins first decides how the lines up to its end are read;
 * everything else is prose. `isInner`: a part of another answer, in which nested answers are not read.
 */
export function readAnswer({
  lines: given,
  project,
  isCut,
  isInner = false,
}: {
  lines: readonly string[];
  project: ProjectPaths;
  isCut: boolean;
  isInner?: boolean;
}): ReadAnswer {
  const lines = [...given];
  return new AnswerReader({ answer: { lines, project, isCut, fences: new FencePairs(lines) }, lines, isInner }).read();
}

/** The marker of quoted lines; three or more are the marker of a block. */
const quotation = /^\s{0,3}>(?!>{3}) ?/;

class AnswerReader {
  readonly #answer: AnswerText;
  /** The same lines, except that a line on which thoughts end is replaced by its rest. */
  readonly #lines: string[];
  readonly #isInner: boolean;
  #proposals: TextProposal[] = [];
  #prose: string[] = [];
  /** Set if the answer would be empty because all of it was thoughts. */
  #forgotten: TextProposal | null = null;
  #wrappers: WrapperTags | undefined;
  /** The number of non-blank lines of prose since the last block. */
  #above: string[] = [];

  constructor({ answer, lines, isInner }: { answer: AnswerText; lines: string[]; isInner: boolean }) {
    this.#answer = answer;
    this.#lines = lines;
    this.#isInner = isInner;
  }

  read(): ReadAnswer {
    let index = 0;
    while (index < this.#lines.length) {
      const afterThought = this.#passThought(index);
      if (afterThought !== index) {
        index = afterThought;
        continue;
      }
      const part = this.#readPart(index);
      if (part === null) {
        this.#addProse(stripChatMarks(this.#lines[index] ?? ""));
        index += 1;
        continue;
      }
      const end = this.#findThoughtEndIn({ part, index });
      if (end !== null) {
        index = this.#forgetUpTo(end);
        continue;
      }
      this.#take(part);
      index = part.next;
    }
    if (this.#proposals.length === 0 && this.#forgotten !== null) this.#proposals.push(this.#forgotten);
    return { proposals: this.#proposals, prose: this.#prose.join("\n").trim() };
  }

  /** The line at which the answer continues; the given line if no thoughts begin or end there. */
  #passThought(index: number): number {
    const line = this.#lines[index] ?? "";
    if (!/[<[◁]|^[ \t]*(?:thinking|(?:assistant)?analysis)/i.test(line)) return index;
    const thought = readThought({ lines: this.#lines, line: index });
    if (thought?.status === "open") {
      this.#proposals.push(
        unreadable({
          lines: this.#lines,
          index,
          kind: "thought",
          reason: "The answer's thoughts never end, so nothing in them was taken for a change.",
          advice: "Close the thoughts, then send the changes after them.",
        }),
      );
      return this.#lines.length;
    }
    if (thought !== null) return this.#resume({ index: thought.line, rest: thought.rest });
    return readLoneThoughtEnd(line) === null ? index : this.#forgetUpTo(index);
  }

  /** If thoughts end without a visible beginning, everything before is thoughts. */
  #forgetUpTo(index: number): number {
    if (this.#proposals.length > 0)
      this.#forgotten = unreadable({
        lines: this.#lines,
        index,
        kind: "thought",
        reason: "All changes of the answer stand in the model's thoughts, so none was taken for one.",
        advice: "Send the changes after the end of the thoughts.",
      });
    this.#proposals = [];
    this.#prose = [];
    return this.#resume({ index, rest: readLoneThoughtEnd(this.#lines[index] ?? "") ?? "" });
  }

  /** Thoughts may end inside a fence that they opened and never closed; in a file's fence the tag is content. */
  #findThoughtEndIn({ part: { proposals, next }, index }: { part: ReadPart; index: number }): number | null {
    if (readPathLine({ text: this.#above.at(-1) ?? "", project: this.#answer.project }).status === "path") return null;
    if (!proposals.every((proposal) => proposal.status === "unreadable" && proposal.path === null)) return null;
    for (let cursor = index + 1; cursor < Math.min(next, this.#lines.length); cursor += 1) {
      if (readThought({ lines: [this.#lines[cursor] ?? ""], line: 0 }) !== null) return null;
      if (readLoneThoughtEnd(this.#lines[cursor] ?? "") !== null) return cursor;
    }
    return null;
  }

  #resume({ index, rest }: { index: number; rest: string }): number {
    this.#above = [];
    if (rest.trim() === "") return index + 1;
    this.#lines[index] = rest;
    return index;
  }

  /** The construct that begins on a line; null for prose. */
  #readPart(index: number): ReadPart | null {
    const { lines, project } = this.#answer;
    const line = lines[index] ?? "";
    const fence = readFenceLine(line);
    if (fence !== null)
      return readFence({
        answer: this.#answer,
        index,
        fence,
        above: this.#above.slice(-3).toReversed(),
        readInner: ({ start, end }) => this.#readInner({ start, end }),
      });
    if (!this.#isInner && quotation.test(line)) return this.#readQuotation(index);
    if (isSearchMarker(line)) return this.#readBlocks(index);
    if (isReplaceMarker(line))
      return this.#refuse({ index, reason: `The marker in line ${index + 1} closes no block.` });
    if (/^<{7} \S/.test(line) && lines.slice(index, index + 500).some((each) => /^>{7} \S/.test(each)))
      return this.#refuse({ index, reason: `The markers of a merge conflict in line ${index + 1} are no change.` });
    if (isEnvelopeStart(line)) return readPatchEnvelope({ lines, index });
    if (isDiffStart({ lines, index }))
      return readUnifiedDiff({
        lines,
        index,
        limit: findDiffEnd({ lines, index }),
        path: null,
        source: "header",
        project,
      });
    const path = readFileTag(line);
    if (path !== null) return this.#readTag({ index, path });
    const partPath = readFilePartTag(line);
    if (partPath !== null) return this.#readFilePart({ index, path: partPath });
    const call = findCall({ lines, index, limit: lines.length });
    if (call === null) return this.#readWrapper(index);
    const own = callAsText({ lines, index, ...call });
    if (call.isClosed) return { proposals: [own], next: call.end };
    return { proposals: [own, ...this.#readDoubtful({ start: index + 1, end: call.end })], next: call.end };
  }

  /** Parts of a file in the format in which models are shown them: their position is uncertain. */
  #readFilePart({ index, path }: { index: number; path: string }): ReadPart {
    const lines = this.#lines;
    const end = findFilePartEnd({ lines, index });
    const own = unreadable({
      lines,
      index,
      kind: "form",
      path,
      reason: `The tag in line ${index + 1} holds parts of ${path} and not the file itself.`,
      advice: advice.wholeOrBlocks,
    });
    return { proposals: [own], next: (end ?? index) + 1 };
  }

  /** Lines inside an unknown tag may be a draft or an example, so changes in them are requested again. */
  #readWrapper(index: number): ReadPart | null {
    if (this.#isInner) return null;
    const lines = this.#lines;
    this.#wrappers ??= new WrapperTags(lines);
    const end = this.#wrappers.findEnd(index);
    if (end === null) return null;
    const proposals = this.#readInner({ start: index + 1, end });
    if (proposals.length === 0) return { proposals, next: end + 1, prose: lines.slice(index, end + 1) };
    return { proposals: proposals.map((proposal) => insideAnother({ lines, proposal })), next: end + 1 };
  }

  /** Parts of the lines that may belong to the block before them. */
  #readDoubtful(range: { start: number; end: number }): TextProposal[] {
    return this.#readInner(range)
      .filter((proposal) => proposal.status === "readable" || proposal.path !== null)
      .map((proposal) => insideDoubt({ lines: this.#lines, proposal }));
  }

  /** Lines with a quotation mark: blocks in them are quoted and not certain. */
  #readQuotation(index: number): ReadPart {
    const lines = this.#lines;
    let next = index;
    while (next < lines.length && quotation.test(lines[next] ?? "")) next += 1;
    const quoted = lines.slice(index, next).map((line) => line.replace(quotation, ""));
    const { project, isCut } = this.#answer;
    const { proposals } = readAnswer({ lines: quoted, project, isCut, isInner: true });
    return {
      proposals: proposals.map((proposal) =>
        insideAnother({ lines, proposal: { ...proposal, line: proposal.line + index } }),
      ),
      next,
      prose: proposals.length === 0 ? lines.slice(index, next) : [],
      above: quoted.slice(-3),
    };
  }

  /**
   * Blocks without a fence. One without a path belongs to the file of the last block, unless another file was named.
   */
  #readBlocks(index: number): ReadPart {
    const { lines, project } = this.#answer;
    const above = this.#above.slice(-1);
    const named = findEditPath({ above, info: "", project });
    const last = this.#proposals.at(-1);
    const previous =
      last?.status === "readable" && last.operation.type === "edit" && this.#isOnlyProseAbove()
        ? last.operation.path
        : null;
    const path = named ?? previous;
    if (path === null)
      return this.#refuse({ index, reason: `The SEARCH block in line ${index + 1} has no path above it.` });
    const read = readBlocks({ lines, index, path, source: named === null ? "previous" : "line" });
    if (!read.isBroken) return read;
    let next = read.next + 1;
    while (next < lines.length && !(isReplaceMarker(lines[next - 1] ?? "") && lines[next]?.trim() === "")) next += 1;
    return { proposals: [...read.proposals, ...this.#readDoubtful({ start: read.next + 1, end: next })], next };
  }

  #isOnlyProseAbove(): boolean {
    const { project } = this.#answer;
    return this.#above.every((text) => readPathLine({ text, project }).status === "prose");
  }

  #readTag({ index, path }: { index: number; path: string }): ReadPart {
    const { lines, project } = this.#answer;
    const { status, end } = findFileTagEnd({ lines, index });
    if (status === "closed")
      return {
        proposals: readFileBody({
          body: lines.slice(index + 1, end),
          offset: index + 1,
          project,
          path,
          source: "tag",
          isPart: false,
          isExampleLike: false,
        }),
        next: end + 1,
      };
    const inner = this.#readInner({ start: index + 1, end }).filter((proposal) => proposal.status === "readable");
    const reason =
      status === "open"
        ? `The tag of ${path} in line ${index + 1} is not closed.`
        : `The tags from line ${index + 1} on can be paired in more than one way, so the end of ${path} is not known.`;
    const own = unreadable({
      lines,
      index,
      kind: status === "open" ? "cut" : "ambiguous",
      path,
      reason,
      advice: status === "open" ? advice.again : advice.longerFence,
    });
    return { proposals: [own, ...inner.map((proposal) => insideDoubt({ lines, proposal }))], next: end + 1 };
  }

  #readInner({ start, end }: { start: number; end: number }): TextProposal[] {
    if (this.#isInner) return [];
    const { project, isCut } = this.#answer;
    const lines = this.#lines.slice(start, end);
    return readAnswer({ lines, project, isCut, isInner: true }).proposals.map((proposal) => ({
      ...proposal,
      line: proposal.line + start,
    }));
  }

  #refuse({ index, reason }: { index: number; reason: string }): ReadPart {
    const { lines } = this.#answer;
    let next = index + 1;
    // The rest of such a block is also unreadable.
    while (next < lines.length && lines[next]?.trim() !== "" && readFenceLine(lines[next] ?? "") === null) next += 1;
    return { proposals: [unreadable({ lines, index, kind: "ambiguous", reason, advice: advice.blocks })], next };
  }

  #take({ proposals, prose, above = [] }: ReadPart): void {
    for (const proposal of proposals) this.#proposals.push(proposal);
    // The line above a block names its file and is not text for the user.
    if (proposals.length > 0) {
      const { project } = this.#answer;
      const lead = this.#above.at(-1);
      if (lead !== undefined && readPathLine({ text: lead, project }).status === "path") this.#dropLead(lead);
    }
    this.#above = above.filter((line) => line.trim() !== "");
    for (const line of prose ?? []) this.#prose.push(line);
  }

  #dropLead(lead: string): void {
    const at = this.#prose.lastIndexOf(lead);
    if (at !== -1) this.#prose.length = at;
  }

  #addProse(line: string): void {
    this.#prose.push(line);
    if (line.trim() !== "") this.#above.push(line);
  }
}
