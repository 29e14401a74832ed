type Search = { query: string; isCaseSensitive: boolean; isRegex: boolean; glob: string };

let last: Search = { query: "", isCaseSensitive: false, isRegex: false, glob: "" };

/** The newest search of this tab: whoever comes back from a file finds it as it was. */
export const lastSearch = {
  read: (): Search => last,
  write: (search: Search): void => {
    last = search;
  },
};
