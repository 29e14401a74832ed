import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "#components/shell/app-shell.tsx";
import { Providers } from "#components/shell/providers.tsx";
import { recentProjects } from "#components/shell/recent-projects.ts";
import "./globals.css";
import { Prefetched } from "./prefetched.tsx";
import { preloadFonts } from "./preload-fonts.ts";

export const metadata: Metadata = {
  description: "Generate a code project from a prompt, iterate on it, and see that nothing was lost.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#111113" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  preloadFonts();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme's script sets the class before hydration.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>
          <Prefetched
            load={({ trpc, queries }) => queries.prefetchQuery(trpc.project.list.queryOptions(recentProjects))}
          >
            <AppShell>{children}</AppShell>
          </Prefetched>
        </Providers>
      </body>
    </html>
  );
}
