/** Whether a press belongs to the focused control, such as Enter on a button. */
export function isOnControl(event: KeyboardEvent | null): boolean {
  return (
    event !== null &&
    event
      .composedPath()
      .some(
        (target) =>
          target instanceof HTMLElement && target.matches("a, button, input, select, textarea, summary, [role=button]"),
      )
  );
}

/** Whether a key with a modifier belongs to the focused element: a field, or a dialog. */
export function isTakenByField(event: KeyboardEvent | null): boolean {
  return (
    event !== null &&
    (event.defaultPrevented ||
      (event.target instanceof Element &&
        event.target.closest(
          "input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog], [role=menu]",
        ) !== null))
  );
}
