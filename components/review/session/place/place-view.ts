import type { FilePath } from "#lib/contracts/ids.ts";
import type { PlacePorts } from "./place-types.ts";
import type { Place } from "../review-changes.ts";

/** What the user sees of a review, and how a place is scrolled into view. */
export class PlaceView {
  readonly #getPorts: () => PlacePorts;

  constructor(getPorts: () => PlacePorts) {
    this.#getPorts = getPorts;
  }

  isInView({ path, side, first, last }: Place): boolean {
    return [first, last].some((line) => this.#getPorts().surface()?.isInView({ id: path, side, line }) === true);
  }

  /** Whether a line between the changes was unfolded. */
  readonly isShown = ({ path, side, line }: { path: FilePath; side: Place["side"]; line: number }): boolean =>
    this.#getPorts().surface()?.isUnfolded({ id: path, side, line }) === true;

  scrollTo(place: Place): void {
    this.#getPorts().surface()?.scrollToLine({ id: place.path, line: place.first, side: place.side });
  }

  showFile(path: FilePath): void {
    const scroll = () => this.#getPorts().surface()?.scrollToFile(path);
    if (this.#getPorts().isOnSurface(path)) scroll();
    else this.#getPorts().afterPaint(scroll);
  }

  /** `isRevealed`: its file is on the surface and unfolded. */
  bring({ place, isRevealed }: { place: Place; isRevealed: boolean }): void {
    if (isRevealed && this.#getPorts().isOnSurface(place.path)) return this.scrollTo(place);
    if (!isRevealed) this.#getPorts().reveal(place.path);
    this.#getPorts().afterPaint(() => this.scrollTo(place));
  }
}
