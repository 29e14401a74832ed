import type { FilePath } from "#lib/contracts/ids.ts";
import type { FindOptions } from "../../../diff-surface/find/find-in-text.ts";
import type { ReviewPatch } from "../../data/review-patches.ts";
import { findInPatches, type FindHit } from "./find-in-patches.ts";
import type { Place } from "../review-changes.ts";

type Searched = Pick<ReviewPatch, "path" | "hunks">;

/** The files on the surface, in their order, and those that a filter hides. */
export type FindFiles = { shown: readonly Searched[]; hidden: readonly Searched[] };

export type FindState = {
  isOpen: boolean;
  typed: FindOptions;
  /** What is looked for: what was typed, once typing rests. */
  asked: FindOptions;
  current: FindHit | null;
};

export type FindPorts = {
  /** The text stands in the address, so that a reload finds the same. */
  onQueryChange: (query: string) => void;
  onGoTo: (place: Place) => void;
  onClosed: () => void;
  /** Acts after a while. Gives what ends that. */
  wait: (act: () => void, ms: number) => () => void;
};

/** Typing goes on within it; then the hits are looked for, and the first is gone to. */
const pauseMs = 200;

/** Until it has a page. */
const noPage: FindPorts = {
  onQueryChange: () => undefined,
  onGoTo: () => undefined,
  onClosed: () => undefined,
  wait: () => () => undefined,
};

const noModes = { isCaseSensitive: false, isRegex: false };

/**
 * Find over all lines of a comparison. What is typed is looked for after a short pause, from the file on where a person
 * is.
 */
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

  /** `query` is what the address says. */
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
    // How it is looked for is another at once; only typing waits.
    if (typed.query === asked.query) return this.#ask(typed);
    if (typed.isCaseSensitive !== asked.isCaseSensitive || typed.isRegex !== asked.isRegex)
      this.#ask({ ...typed, query: asked.query });
    this.#skip = this.#ports.wait(() => this.#ask(this.#state.typed), pauseMs);
  };

  /** To the next or previous hit. What was typed last is not waited for: its hits come first. */
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

  /** Nothing that waits is looked for any more. */
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

  /** The hits among the files that are there by now. */
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

/** The hits are others once more files are there; the one that a person is at is found among them again. */
export function indexOfHit({ hits, hit }: { hits: readonly FindHit[]; hit: FindHit | null }): number {
  return hit === null
    ? -1
    : hits.findIndex(
        ({ path, side, line, start }) =>
          path === hit.path && side === hit.side && line === hit.line && start === hit.start,
      );
}

/** What was searched last, by the files: a screen and the person's next step ask for the same. */
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
