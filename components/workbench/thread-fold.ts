/**
 * Where a browser stores that the thread is folded. A cookie, so that the server renders the page without it and
 * nothing shifts.
 */
export const threadFoldCookie = "graft-thread";

const yearSeconds = 31_536_000;

export function rememberThreadFold(isFolded: boolean): void {
  document.cookie = `${threadFoldCookie}=${isFolded ? "folded" : "open"}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
