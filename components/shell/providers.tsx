"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TrpcProvider } from "#lib/trpc/client.tsx";
import { Look } from "./look.tsx";

/** Appearance and API for all pages. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <Look />
      <TrpcProvider>{children}</TrpcProvider>
    </ThemeProvider>
  );
}
