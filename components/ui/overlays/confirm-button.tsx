"use client";

import { useEffect, useRef, type ComponentProps } from "react";
import { Button } from "../button.tsx";

/**
 * What a dialog is for, where it destroys nothing: it has the focus as soon as it can be pressed, so that Enter
 * confirms. Somebody who has gone to another control by then stays there.
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
        // A key that is held since it opened the dialog confirms nothing.
        if (event.repeat) event.preventDefault();
      }}
    />
  );
}
