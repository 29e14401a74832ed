import type { LineBlock } from "./line-block.ts";

/** The block without blank edge lines that old and new text share; null if there are none. */
export function stripBlankEdges(block: LineBlock): LineBlock | null {
  const search = [...block.search];
  const replace = [...block.replace];
  const isBlank = (line: string | undefined) => line?.trim() === "";
  while (search.length > 1 && replace.length > 1 && isBlank(search[0]) && isBlank(replace[0])) {
    search.shift();
    replace.shift();
  }
  while (search.length > 1 && replace.length > 1 && isBlank(search.at(-1)) && isBlank(replace.at(-1))) {
    search.pop();
    replace.pop();
  }
  return search.length === block.search.length ? null : { search, replace };
}
