"use client";

import { useEffect, useRef, type ComponentProps } from "react";
import { Button } from "../button.tsx";

/**
 * The primary action of a non-destructive dialog: it receives the focus as soon as it is enabled, so that Enter
 * confirms. If the user has moved to another control by then, the focus stays there.
 */
export function ConfirmButton({ disabled = false, ...props }: ComponentProps<typeof Button>) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const element = button.current;
    const dialog = element?.closest("[role=dialog]") ?? null;
    if (disabled || element === null || dialog === null) return;
    const { activeElement } = document;
    const isUntouched =
      !dialog.contains(activeElement) || activeElement === dialog || activeElement?.matches("[data-closes]") === true;
    if (isUntouched) element.focus({ preventScroll: true });
  }, [disabled]);
  return (
    <Button
      {...props}
      ref={button}
      look="primary"
      disabled={disabled}
      onKeyDown={(event) => {
        // A key held down since it opened the dialog does not confirm.
        if (event.repeat) event.preventDefault();
      }}
    />
  );
}
