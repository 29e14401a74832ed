/** The library draws these buttons without a name and without a place in the order of Tab. */
export function nameExpandButtons(element: HTMLElement): void {
  for (const button of element.shadowRoot?.querySelectorAll<HTMLElement>("[data-expand-button]:not([aria-label])") ??
    []) {
    const where = button.hasAttribute("data-expand-up")
      ? "Show lines above"
      : button.hasAttribute("data-expand-down")
        ? "Show lines below"
        : "Show all lines between";
    button.setAttribute("aria-label", where);
    button.tabIndex = 0;
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
}

/** Roots that are watched for the button of their file. */
const watchedRoots = new WeakSet<ShadowRoot>();

/**
 * The library makes this button when it is needed, without a name, at the line under the pointer or the chosen ones. By
 * keyboard, `c` does the same.
 */
export function nameCommentButton({ shadowRoot }: HTMLElement): void {
  if (shadowRoot === null || watchedRoots.has(shadowRoot)) return;
  watchedRoots.add(shadowRoot);
  new MutationObserver(() => {
    const button = shadowRoot.querySelector<HTMLElement>("[data-utility-button]:not([aria-label])");
    if (button === null) return;
    button.setAttribute("aria-label", "Comment on this line");
    button.setAttribute("title", "Comment. Draw it over several lines for all of them.");
    button.tabIndex = -1;
  }).observe(shadowRoot, { childList: true, subtree: true });
}
