type Search = { query: string; isCaseSensitive: boolean; isRegex: boolean; glob: string };

let last: Search = { query: "", isCaseSensitive: false, isRegex: false, glob: "" };

/** The last search of this tab, restored when the user returns from a file. */
export const lastSearch = {
  read: (): Search => last,
  write: (search: Search): void => {
    last = search;
  },
};
