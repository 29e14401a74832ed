"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TrpcProvider } from "#lib/trpc/client.tsx";
import { createPatientFetch } from "#lib/trpc/patient-fetch.ts";
import { reachability } from "#lib/trpc/reachability.ts";
import { Look } from "./look.tsx";

// The router loads pages with `window.fetch` and has no option for handling failures.
if (typeof window !== "undefined") window.fetch = createPatientFetch({ send: window.fetch.bind(window), reachability });

/** The theme and the API client of all pages. */
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
