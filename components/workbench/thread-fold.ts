/** Where a browser remembers that the thread is folded. A cookie, so that the page comes without it and nothing moves. */
export const threadFoldCookie = "graft-thread";

const yearSeconds = 31_536_000;

export function rememberThreadFold(isFolded: boolean): void {
  document.cookie = `${threadFoldCookie}=${isFolded ? "folded" : "open"}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
