import { copyText } from "./copy-text.ts";

/** Copies the address, which contains the place and the view. */
export function copyLink(): Promise<void> {
  return copyText({
    text: window.location.href,
    done: "The link to this place is copied.",
    failed: "The browser did not allow copying. The link is in the address bar.",
  });
}
