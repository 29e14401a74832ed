"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "../button.tsx";
import { cn } from "../class-names.ts";

/** A modal dialog with a title. Put its buttons into a `DialogFooter`. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  size = "md",
  children,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  size?: "md" | "lg";
  children: ReactNode;
}) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          className={cn(
            "fixed top-[10vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-lg border bg-raised shadow-raised outline-none",
            "transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0",
            size === "md" ? "max-w-120" : "max-w-180",
          )}
        >
          <header className="flex items-start gap-4 px-4 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className="mt-1 text-sm text-muted">{description}</BaseDialog.Description>
              )}
            </div>
            <BaseDialog.Close
              className={buttonClass({ look: "ghost", size: "icon-sm" })}
              aria-label="Close"
              data-closes
            >
              <X aria-hidden />
            </BaseDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return <footer className="mt-4 flex flex-wrap justify-end gap-2">{children}</footer>;
}
