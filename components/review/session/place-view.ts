import type { FilePath } from "#lib/contracts/ids.ts";
import type { PlacePorts } from "./place-types.ts";
import type { Place } from "./review-changes.ts";

/** What a person sees of a review, and how a place comes into their sight. */
export class PlaceView {
  readonly #ports: PlacePorts;

  constructor(ports: PlacePorts) {
    this.#ports = ports;
  }

  isInView({ path, side, first, last }: Place): boolean {
    return [first, last].some((line) => this.#ports.surface()?.isInView({ id: path, side, line }) === true);
  }

  /** Whether a line between the changes was unfolded. */
  readonly isShown = ({ path, side, line }: { path: FilePath; side: Place["side"]; line: number }): boolean =>
    this.#ports.surface()?.isUnfolded({ id: path, side, line }) === true;

  scrollTo(place: Place): void {
    this.#ports.surface()?.scrollToLine({ id: place.path, line: place.first, side: place.side });
  }

  showFile(path: FilePath): void {
    const scroll = () => this.#ports.surface()?.scrollToFile(path);
    if (this.#ports.isOnSurface(path)) scroll();
    else this.#ports.whenDrawn(scroll);
  }

  /** `isRevealed`: its file is on the surface, unfolded. */
  bring({ place, isRevealed }: { place: Place; isRevealed: boolean }): void {
    if (isRevealed && this.#ports.isOnSurface(place.path)) return this.scrollTo(place);
    if (!isRevealed) this.#ports.reveal(place.path);
    this.#ports.whenDrawn(() => this.scrollTo(place));
  }
}
