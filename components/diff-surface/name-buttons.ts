/** The library's text at the end of a file of unknown length. */
const unknownEnd = "More unchanged context may be available";

/** The library draws these buttons without a name and without a place in the order of Tab. */
export function nameExpandButtons(element: HTMLElement): void {
  for (const text of element.shadowRoot?.querySelectorAll<HTMLElement>("[data-unmodified-lines]") ?? [])
    if (text.textContent === unknownEnd) text.textContent = "Show more lines";
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

/**
 * Columns whose lines are wider than the column scroll sideways. Chromium lets the keyboard focus them; `tabindex` does
 * so in every browser.
 */
export function focusWideColumns({ shadowRoot }: HTMLElement): void {
  for (const column of shadowRoot?.querySelectorAll<HTMLElement>("code[data-code]") ?? []) {
    if (column.scrollWidth > column.clientWidth) column.tabIndex = 0;
    else column.removeAttribute("tabindex");
  }
}

/** Shadow roots observed for their file's button. */
const watchedRoots = new WeakSet<ShadowRoot>();

/** The library creates this unnamed button on demand, at the hovered or selected lines. The key `c` does the same. */
export function nameCommentButton({ shadowRoot }: HTMLElement): void {
  if (shadowRoot === null || watchedRoots.has(shadowRoot)) return;
  watchedRoots.add(shadowRoot);
  new MutationObserver(() => {
    const button = shadowRoot.querySelector<HTMLElement>("[data-utility-button]:not([aria-label])");
    if (button === null) return;
    button.setAttribute("aria-label", "Comment on this line");
    button.setAttribute("title", "Comment. Drag to select several lines.");
    button.tabIndex = -1;
  }).observe(shadowRoot, { childList: true, subtree: true });
}
