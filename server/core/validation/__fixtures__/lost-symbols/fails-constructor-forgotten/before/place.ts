import { PlaceStore } from "./place-store.ts";
import { PlaceView } from "./place-view.ts";

export class ReviewPlace extends PlaceStore {
  readonly #view: PlaceView;

  constructor(options: { ports: string[] }) {
    super(options);
    this.#view = new PlaceView(options.ports);
  }

  show(): void {
    this.#view.show();
  }
}
