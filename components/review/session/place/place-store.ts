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

/** Until a place has a page. */
const noPage: PlacePorts = {
  surface: () => null,
  isOnSurface: () => true,
  reveal: () => undefined,
  onAddress: () => undefined,
  say: () => undefined,
  afterPaint: () => undefined,
};

/** The place that a person is at, what is reviewed there, and the address that says it. */
export class PlaceStore {
  readonly #listeners = new Set<() => void>();
  protected ports: PlacePorts = noPage;
  protected data: PlaceData = nowhere;
  protected rank: ReadonlyMap<string, number> = new Map();
  /** Those of folded files left out. */
  protected changes: readonly Change[] = [];
  protected state: PlaceState = { change: null, selection: null, anchor: 0, isAtLines: false };
  protected addressed: string | null = null;
  /** Since their last step, and so what they chose may be out of sight. */
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

  /** Without a move of the surface. */
  readonly select = (
    place: Place,
    { from = place.first, isJump = false }: { from?: number; isJump?: boolean } = {},
  ): void => {
    this.choose({ place, from });
    this.moveTo({ file: place.path, L: formatLines(place), isJump });
  };

  /** At the file as a whole again. */
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
