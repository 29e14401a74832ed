"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as SonnerToaster } from "sonner";
import { markToasterReady } from "./toast.ts";

/** The container of toasts. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  // Runs after its children's effects, which subscribe to toasts.
  useEffect(markToasterReady, []);
  return (
    <SonnerToaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      closeButton
      // A stack would cover the buttons of older toasts.
      expand
      duration={10_000}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-3 rounded-md border bg-raised p-3 pr-10 text-sm text-foreground shadow-raised font-sans",
          content: "min-w-0 flex-1",
          description: "text-muted",
          icon: "mt-0.5",
          actionButton: "shrink-0 rounded-sm border border-line-strong px-2 py-0.5 text-sm font-medium hover:bg-hover",
          closeButton:
            "absolute top-2 right-2 flex size-6 items-center justify-center rounded-sm bg-transparent text-muted hover:bg-hover [&_svg]:size-3.5",
        },
      }}
    />
  );
}
