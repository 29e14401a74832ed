/** The expected maximum time until the requested element appears. */
const longestMs = 5_000;

/** What was typed since the request; null if there is none. */
let typed: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * The user has requested a field, a page or a dialog, and the next keys are meant for it. Until an element receives
 * focus, for at most 5 s, the page gets no characters and no Enter. If the focused element is a text field, the
 * characters are inserted there. Escape drops them.
 */
export function startTypeAhead(): void {
  clearTimeout(timer);
  timer = setTimeout(end, longestMs);
  if (typed !== null) return;
  typed = "";
  window.addEventListener("keydown", collect, true);
  window.addEventListener("focusin", insert);
}

function end(): void {
  clearTimeout(timer);
  window.removeEventListener("keydown", collect, true);
  window.removeEventListener("focusin", insert);
  typed = null;
}

function collect(event: KeyboardEvent): void {
  if (event.key === "Escape") end();
  if (typed === null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if ([...event.key].length === 1) typed += event.key;
  else if (event.key === "Backspace") typed = [...typed].slice(0, -1).join("");
  // Enter would press what has the focus. What it should choose is not known yet.
  else if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
}

function insert({ target }: FocusEvent): void {
  const text = typed ?? "";
  end();
  if (text === "" || !isTextField(target)) return;
  // After the component that moved the focus has rendered, and before the next key.
  queueMicrotask(() => {
    // Dispatches the events of typing, which controlled fields need, and can be undone by the user.
    if (document.activeElement === target) document.execCommand("insertText", false, text);
  });
}

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|file|range|color)$/.test(target.type))
  );
}
