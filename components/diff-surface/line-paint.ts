import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import { findInLine } from "./find/find-in-text.ts";
import { findHunkAt, type Hunk } from "./hunks/parse-hunks.ts";

/** The searched text, and the current match. */
export type FoundText = {
  pattern: RegExp;
  current: { id: string; side: DiffSide; line: number; start: number } | null;
};

const foundName = "graft-found";
const currentName = "graft-found-current";

/** Styles inside the files' shadow roots, where only their own rules apply. */
export const linePaintCss = [
  `::highlight(${foundName}){background-color:var(--found);color:var(--foreground)}`,
  `::highlight(${currentName}){background-color:var(--found-current);color:var(--found-current-foreground)}`,
  "[data-line][data-kept=gone]{background:none!important;text-decoration:line-through}",
  "[data-line][data-kept=back]{background:var(--accent-surface)!important}",
  "[data-line][data-kept] [data-diff-span]{background:none!important}",
].join("");

function sideOf(line: HTMLElement): DiffSide {
  return line.dataset["lineType"] === "change-deletion" || line.closest("[data-deletions]") !== null
    ? "deletions"
    : "additions";
}

function listLines(element: HTMLElement): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
}

/** Elements with such marks; the others are skipped while they scroll. */
const keptElements = new WeakSet<HTMLElement>();

/** Marks rendered lines that will be dropped, and those that are restored, in hunks whose old lines are kept. */
export function paintKept({
  element,
  hunks,
  old,
}: {
  element: HTMLElement;
  hunks: readonly Hunk[];
  old: ReadonlySet<number> | undefined;
}): void {
  if (old === undefined) {
    if (!keptElements.delete(element)) return;
    for (const line of element.shadowRoot?.querySelectorAll("[data-kept]") ?? []) line.removeAttribute("data-kept");
    return;
  }
  keptElements.add(element);
  for (const line of listLines(element)) {
    const type = line.dataset["lineType"];
    const isChange = type === "change-addition" || type === "change-deletion";
    if (isChange && old.has(findHunkAt({ hunks, side: sideOf(line), line: Number(line.dataset["line"]) })))
      line.dataset["kept"] = type === "change-addition" ? "gone" : "back";
    else delete line.dataset["kept"];
  }
}

/**
 * Marks a text in rendered lines. Uses ranges instead of elements: the lines' DOM is unchanged, and unrendered lines
 * cost nothing.
 */
export class FoundPaint {
  readonly #ranges = new Map<HTMLElement, { all: Range[]; current: Range[] }>();
  #frame: number | null = null;

  paint({ element, id, found }: { element: HTMLElement; id: string; found: FoundText | null }): void {
    if (typeof Highlight === "undefined" || (found === null && !this.#ranges.has(element))) return;
    const all: Range[] = [];
    const current: Range[] = [];
    for (const line of found === null ? [] : listLines(element)) {
      for (const { start, end } of findInLine({
        text: line.textContent.replace(/\r?\n$/, ""),
        pattern: found?.pattern ?? /$^/,
      })) {
        const range = toRange({ line, start, end });
        const at = found?.current;
        const isCurrent =
          at?.id === id && at.start === start && at.line === Number(line.dataset["line"]) && at.side === sideOf(line);
        if (range !== null) (isCurrent ? current : all).push(range);
      }
    }
    if (found === null) this.#ranges.delete(element);
    else this.#ranges.set(element, { all, current });
    this.#publishSoon();
  }

  /** The element left the window and is reused for this or another file. */
  forget(element: HTMLElement): void {
    if (this.#ranges.delete(element)) this.#publishSoon();
  }

  clear(): void {
    this.#ranges.clear();
    this.#publish();
  }

  /** Batched, because several files are rendered in one frame. */
  #publishSoon(): void {
    this.#frame ??= requestAnimationFrame(() => this.#publish());
  }

  #publish(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (typeof Highlight === "undefined") return;
    const ranges = [...this.#ranges.values()];
    if (ranges.length === 0) {
      CSS.highlights.delete(foundName);
      CSS.highlights.delete(currentName);
      return;
    }
    CSS.highlights.set(foundName, new Highlight(...ranges.flatMap(({ all }) => all)));
    const current = new Highlight(...ranges.flatMap(({ current: own }) => own));
    current.priority = 1;
    CSS.highlights.set(currentName, current);
  }
}

/** A range over the text nodes into which colours split a line. */
function toRange({ line, start, end }: { line: HTMLElement; start: number; end: number }): Range | null {
  const range = document.createRange();
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let offset = 0;
  let hasStart = false;
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!hasStart && start < offset + length) {
      range.setStart(node, start - offset);
      hasStart = true;
    }
    if (hasStart && end <= offset + length) {
      range.setEnd(node, end - offset);
      return range;
    }
    offset += length;
  }
  return null;
}
