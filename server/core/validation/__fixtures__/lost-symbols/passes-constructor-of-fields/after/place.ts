import { PlaceStore } from "./place-store.ts";
import { PlaceView } from "./place-view.ts";

export class ReviewPlace extends PlaceStore {
  readonly #view = new PlaceView(() => this.ports);

  show(): void {
    this.#view.show();
  }
}
