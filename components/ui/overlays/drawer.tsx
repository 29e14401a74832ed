"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { buttonClass } from "../button.tsx";

/**
 * A panel beside the page on wide windows and over it on narrow ones. Focuses `initialFocus`, or else its first
 * control.
 */
export function Drawer({
  title,
  isOpen,
  onOpenChange,
  initialFocus,
  children,
}: {
  title: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  children: ReactNode;
}) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          {...(initialFocus === undefined ? {} : { initialFocus })}
          className="fixed inset-y-0 left-0 z-50 flex w-80 max-w-[85vw] flex-col border-r bg-raised shadow-raised outline-none transition-transform duration-100 data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          <header className="flex items-center gap-2 px-3 pt-2">
            <BaseDialog.Title className="flex-1 font-semibold">{title}</BaseDialog.Title>
            <BaseDialog.Close className={buttonClass({ look: "ghost", size: "icon-sm" })} aria-label="Close">
              <X aria-hidden />
            </BaseDialog.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col p-2">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
