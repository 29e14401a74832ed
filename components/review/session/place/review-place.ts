import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { describeChange, describeFile, describeLine, describeRange } from "./describe-move.ts";
import { findChangeFrom } from "./find-change-from.ts";
import { indexOfChange } from "./place-types.ts";
import { PlaceStore } from "./place-store.ts";
import { PlaceView } from "./place-view.ts";
import type { Change, Place } from "../review-changes.ts";
import { growPlace, stepLine } from "./step-line.ts";

/**
 * The user's place in a review, at one of two levels: at a file and one of its changes, or within its lines. The file
 * and the lines are stored in the address. Scrolling moves the place too: the topmost file becomes current.
 */
export class ReviewPlace extends PlaceStore {
  readonly #view = new PlaceView(() => this.ports);

  /** The address differs from the one set here: the user went back or forward in the browser's history. */
  followAddress(): void {
    const { file, lines } = this.data.address;
    if (file === this.addressed) return;
    this.addressed = file;
    this.leaveSelection();
    if (lines !== null) {
      this.choose({ place: lines, from: lines.first });
      return this.#bring(lines);
    }
    const path = file ?? this.data.files[0]?.path;
    if (path !== undefined) this.showFile(path as FilePath);
  }

  readonly goToPlace = (place: Place, { isJump = false }: { isJump?: boolean } = {}): void => {
    this.select(place, { isJump });
    this.#bring(place);
  };

  readonly goToFile = (
    file: ReviewFile | undefined,
    { isJump = false, said = "" }: { isJump?: boolean; said?: string } = {},
  ): void => {
    const { say } = this.ports;
    if (file === undefined) return say(said === "" ? "No other file that way" : said);
    this.leaveSelection();
    this.moveTo({ file: file.path, L: null, isJump });
    this.showFile(file.path);
    say(`${said === "" ? "" : `${said}. `}${this.#describe(file)}`);
  };

  readonly showFile = (path: FilePath): void => this.#view.showFile(path);

  /** The user scrolled, and these files are visible. The selection stays while its file is among them. */
  readonly followScroll = ([top, ...others]: readonly string[]): void => {
    this.hasScrolled = true;
    if (top === undefined || top === this.data.address.file) return;
    const { selection } = this.state;
    if (selection !== null && others.includes(selection.path)) return;
    this.leaveSelection();
    this.moveTo({ file: top as FilePath, L: null, isJump: false });
    this.hasScrolled = true;
  };

  /** The end of a place, below which a form or note is about to be rendered. */
  readonly bringInSight = ({ path, side, last }: Place): void => {
    const end = { path, side, first: last, last };
    if (!this.#view.isInView(end)) this.ports.afterPaint(() => this.#bring(end));
  };

  /** The next or previous of some files, from the current one. */
  readonly stepFile = ({ by, among }: { by: 1 | -1; among: readonly ReviewFile[] }): void => {
    const current = this.current();
    const index = current === null ? -1 : (this.rank.get(current.path) ?? -1);
    const rankOf = ({ path }: ReviewFile) => this.rank.get(path) ?? -1;
    this.goToFile(
      by === 1
        ? among.find((file) => rankOf(file) > index)
        : among.findLast((file) => index === -1 || rankOf(file) < index),
    );
  };

  readonly stepChange = (by: 1 | -1): void => {
    const { say } = this.ports;
    const next = this.#findNextChange(by);
    const before = this.current();
    if (next === undefined)
      return say(by === 1 ? "No further change in expanded files" : "No earlier change in expanded files");
    this.goToPlace(next);
    say(
      describeChange({
        change: next,
        index: this.changes.indexOf(next),
        count: this.data.areAllKnown ? this.changes.length : null,
        isOtherFile: next.path !== before?.path,
      }),
    );
  };

  /** If extended, the selection covers all from its start to the line, even on the other side. */
  readonly selectLine = ({
    id,
    side,
    line,
    isExtended,
  }: {
    id: string;
    side: Place["side"];
    line: number;
    isExtended: boolean;
  }): void => {
    const path = id as FilePath;
    const { selection, anchor } = this.state;
    const begun =
      isExtended && selection?.path === path
        ? (selection.from ?? { side: selection.side, line: anchor })
        : { side, line };
    if (begun.side !== side) return this.select({ path, side, first: line, last: line, from: begun });
    this.select(
      { path, side, first: Math.min(begun.line, line), last: Math.max(begun.line, line) },
      { from: begun.line },
    );
  };

  readonly enterLines = (): void => {
    const { selection, change } = this.state;
    const start =
      [selection, change].find((place) => this.#isInSight(place)) ??
      this.#findNextChange(1) ??
      change ??
      this.changes[0];
    if (start === undefined || start === null) return;
    const place: Place = { path: start.path, side: start.side, first: start.first, last: start.first };
    const isOtherFile = place.path !== this.current()?.path;
    this.set({ isAtLines: true });
    this.goToPlace(place);
    this.ports.say(`In the lines. ${describeLine({ changes: this.changes, place, isOtherFile })}`);
  };

  readonly leaveLines = (): void => {
    this.set({ isAtLines: false });
    this.ports.say("Back at the files");
  };

  readonly stepLine = (by: 1 | -1): void => {
    const { say } = this.ports;
    const { selection } = this.state;
    const changes = this.changes;
    const next = selection === null ? null : stepLine({ changes, place: selection, by, isShown: this.#view.isShown });
    if (next === null) return say(by === 1 ? "The last line" : "The first line");
    if (this.#view.isInView(next)) this.select(next);
    else this.goToPlace(next);
    say(describeLine({ changes, place: next, isOtherFile: next.path !== selection?.path }));
  };

  readonly growSelection = (by: 1 | -1): void => {
    const { selection, anchor } = this.state;
    if (selection === null) return;
    const next = growPlace({ changes: this.changes, place: selection, anchor, by, isShown: this.#view.isShown });
    const end = { ...next, first: next.first === anchor ? next.last : next.first };
    this.select(next, { from: anchor });
    if (!this.#view.isInView({ ...end, last: end.first })) this.#view.scrollTo(end);
    this.ports.say(describeRange(next));
  };

  readonly expand = ({ isWholeFile }: { isWholeFile: boolean }): void => {
    const { change } = this.state;
    if (change !== null) this.ports.surface()?.expandAround({ id: change.path, hunk: change.index, isWholeFile });
  };

  #bring(place: Place): void {
    const isRevealed = this.rank.has(place.path) && !this.data.collapsed.has(place.path);
    this.#view.bring({ place, isRevealed });
  }

  #isInSight(place: Place | null): boolean {
    return place !== null && (!this.hasScrolled || this.#view.isInView(place));
  }

  /** The first step after the user has scrolled away from the change starts at the visible lines. */
  #findNextChange(by: 1 | -1): Change | undefined {
    const { change, selection } = this.state;
    const index = indexOfChange({ changes: this.changes, change });
    return index !== -1 && (this.#isInSight(change) || this.#isInSight(selection))
      ? this.changes[index + by]
      : findChangeFrom({
          changes: this.changes,
          rank: this.rank,
          current: this.current(),
          top: this.ports.surface()?.readTopLine() ?? null,
          by,
        });
  }

  #describe(file: ReviewFile): string {
    return describeFile({
      file,
      index: this.rank.get(file.path) ?? 0,
      count: this.data.files.length,
      isViewed: this.data.viewedPaths.has(file.path),
      isFolded: this.data.collapsed.has(file.path),
    });
  }
}
