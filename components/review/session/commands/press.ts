/** Whether a press is for a control that has the focus, as Enter on a button is. */
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

/** Whether a key with a modifier belongs to what has the focus: a field, or a dialog. */
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
