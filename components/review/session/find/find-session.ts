import type { FilePath } from "#lib/contracts/ids.ts";
import type { FindOptions } from "../../../diff-surface/find/find-in-text.ts";
import type { ReviewPatch } from "../../data/review-patches.ts";
import { findInPatches, type FindHit } from "./find-in-patches.ts";
import type { Place } from "../review-changes.ts";

type Searched = Pick<ReviewPatch, "path" | "hunks">;

/** The files on the surface, in order, and those hidden by a filter. */
export type FindFiles = { shown: readonly Searched[]; hidden: readonly Searched[] };

type FindState = {
  isOpen: boolean;
  typed: FindOptions;
  /** The active query: what was typed, after a pause. */
  asked: FindOptions;
  current: FindHit | null;
};

export type FindPorts = {
  /** The query is stored in the address, so that a reload finds the same. */
  onQueryChange: (query: string) => void;
  onGoTo: (place: Place) => void;
  onClosed: () => void;
  /** Runs `act` after a delay. Returns a cancel function. */
  wait: (act: () => void, ms: number) => () => void;
};

/** The typing pause, after which the search runs and goes to the first match. */
const pauseMs = 200;

/** Until it is connected to a page. */
const noPage: FindPorts = {
  onQueryChange: () => undefined,
  onGoTo: () => undefined,
  onClosed: () => undefined,
  wait: () => () => undefined,
};

const noModes = { isCaseSensitive: false, isRegex: false };

/** Find over all lines of a comparison. Typing searches after a short pause, starting at the current file. */
export class FindSession {
  #ports: FindPorts = noPage;
  readonly #listeners = new Set<() => void>();
  #data: { files: FindFiles; currentPath: string | null; query: string } = {
    files: { shown: [], hidden: [] },
    currentPath: null,
    query: "",
  };
  #state: FindState;
  #skip: () => void = () => undefined;

  constructor({ query }: { query: string }) {
    const options = { query, ...noModes };
    this.#state = { isOpen: query !== "", typed: options, asked: options, current: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): FindState => this.#state;

  setPorts(ports: FindPorts): void {
    this.#ports = ports;
  }

  /** `query` is the address's value. */
  setData(data: { files: FindFiles; currentPath: string | null; query: string }): void {
    this.#data = data;
  }

  open(): void {
    this.#set({ isOpen: true });
  }

  readonly change = (typed: FindOptions): void => {
    this.#skip();
    this.#set({ typed });
    const { asked } = this.#state;
    // Changed options apply at once; only typing is debounced.
    if (typed.query === asked.query) return this.#ask(typed);
    if (typed.isCaseSensitive !== asked.isCaseSensitive || typed.isRegex !== asked.isRegex)
      this.#ask({ ...typed, query: asked.query });
    this.#skip = this.#ports.wait(() => this.#ask(this.#state.typed), pauseMs);
  };

  /** Goes to the next or previous match. A pending search runs first. */
  readonly step = (by: 1 | -1): void => {
    const { typed, asked } = this.#state;
    if (typed.query !== asked.query) {
      this.#skip();
      return this.#ask(typed);
    }
    const { hits } = this.search();
    const index = indexOfHit({ hits, hit: this.#state.current });
    if (hits.length > 0) this.#goTo(hits.at((index === -1 && by === 1 ? 0 : Math.max(index, 0) + by) % hits.length));
  };

  /** Cancels a pending search. */
  stop(): void {
    this.#skip();
  }

  readonly close = (): void => {
    this.stop();
    const nothing = { ...this.#state.typed, query: "" };
    this.#set({ isOpen: false, typed: nothing, asked: nothing, current: null });
    this.#ports.onQueryChange("");
    this.#ports.onClosed();
  };

  /** The matches in the currently loaded files. */
  readonly search = (): { hits: FindHit[]; problem: string | null } =>
    searchOnce({ files: this.#data.files.shown, options: this.#state.asked });

  #ask(asked: FindOptions): void {
    const before = this.#state.asked;
    if (
      before.query === asked.query &&
      before.isCaseSensitive === asked.isCaseSensitive &&
      before.isRegex === asked.isRegex
    )
      return;
    this.#set({ asked });
    if (asked.query !== this.#data.query) this.#ports.onQueryChange(asked.query);
    const ranks = new Map(this.#data.files.shown.map(({ path }, rank) => [path as string, rank]));
    const from = ranks.get(this.#data.currentPath ?? "") ?? 0;
    const { hits } = this.search();
    this.#goTo(hits.find(({ path }) => (ranks.get(path) ?? 0) >= from) ?? hits[0]);
  }

  #goTo(hit: FindHit | undefined): void {
    this.#set({ current: hit ?? null });
    if (hit !== undefined)
      this.#ports.onGoTo({ path: hit.path as FilePath, side: hit.side, first: hit.line, last: hit.line });
  }

  #set(next: Partial<FindState>): void {
    this.#state = { ...this.#state, ...next };
    for (const listener of this.#listeners) listener();
  }
}

/** More loaded files change the matches; the current one is located again among them. */
export function indexOfHit({ hits, hit }: { hits: readonly FindHit[]; hit: FindHit | null }): number {
  return hit === null
    ? -1
    : hits.findIndex(
        ({ path, side, line, start }) =>
          path === hit.path && side === hit.side && line === hit.line && start === hit.start,
      );
}

/** The last search result by files: a render and the next step need the same. */
const searched = new WeakMap<readonly Searched[], { key: string; found: ReturnType<typeof findInPatches> }>();

export function searchOnce({
  files,
  options,
}: {
  files: readonly Searched[];
  options: FindOptions;
}): ReturnType<typeof findInPatches> {
  const key = JSON.stringify([options.query, options.isCaseSensitive, options.isRegex]);
  const known = searched.get(files);
  if (known?.key === key) return known.found;
  const found = findInPatches({ files, ...options });
  searched.set(files, { key, found });
  return found;
}
