import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { findHunkAt } from "../../../diff-surface/hunks/parse-hunks.ts";
import {
  listOpenChanges,
  type AddressChange,
  type PlaceData,
  type PlacePorts,
  type PlaceState,
} from "./place-types.ts";
import { formatLines, type Change, type Place } from "../review-changes.ts";

const nowhere: PlaceData = {
  files: [],
  changes: [],
  areAllKnown: false,
  address: { file: null, lines: null },
  collapsed: new Set(),
  viewedPaths: new Set(),
};

/** Until it is connected to a page. */
const noPage: PlacePorts = {
  surface: () => null,
  isOnSurface: () => true,
  reveal: () => undefined,
  onAddress: () => undefined,
  say: () => undefined,
  afterPaint: () => undefined,
};

/** The user's place, the reviewed changes, and the address that stores it. */
export class PlaceStore {
  readonly #listeners = new Set<() => void>();
  protected ports: PlacePorts = noPage;
  protected data: PlaceData = nowhere;
  protected rank: ReadonlyMap<string, number> = new Map();
  /** Without those of folded files. */
  protected changes: readonly Change[] = [];
  protected state: PlaceState = { change: null, selection: null, anchor: 0, isAtLines: false };
  protected addressed: string | null = null;
  /** Since the last step, so the selection may not be visible. */
  protected hasScrolled = false;

  constructor({ address }: { address: string | null }) {
    this.addressed = address;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): PlaceState => this.state;

  setPorts(ports: PlacePorts): void {
    this.ports = ports;
  }

  setData(data: PlaceData): void {
    if (data.files !== this.data.files) this.rank = new Map(data.files.map(({ path }, index) => [path, index]));
    if (data.changes !== this.data.changes || data.collapsed !== this.data.collapsed)
      this.changes = listOpenChanges(data);
    this.data = data;
  }

  /** Without scrolling the surface. */
  readonly select = (
    place: Place,
    { from = place.first, isJump = false }: { from?: number; isJump?: boolean } = {},
  ): void => {
    this.choose({ place, from });
    this.moveTo({ file: place.path, L: formatLines(place), isJump });
  };

  /** Back to the whole file. */
  readonly leaveSelection = (): void => {
    const { change, selection } = this.state;
    if (change !== null || selection !== null) this.set({ change: null, selection: null });
  };

  protected set(next: Partial<PlaceState>): void {
    this.state = { ...this.state, ...next };
    for (const listener of this.#listeners) listener();
  }

  protected choose({ place, from }: { place: Place; from: number }): void {
    const change = this.data.changes.find(
      ({ path, hunk }) =>
        path === place.path && findHunkAt({ hunks: [hunk], side: place.side, line: place.first }) !== -1,
    );
    this.set({ selection: place, anchor: from, change: change ?? null });
  }

  protected moveTo(next: AddressChange): void {
    this.addressed = next.file;
    this.hasScrolled = false;
    this.ports.onAddress(next);
  }

  protected current(): ReviewFile | null {
    return this.data.files[this.rank.get(this.data.address.file ?? "") ?? -1] ?? null;
  }
}
