/** On every response: a page, a route, a static file or a refusal. proxy.ts sets the policy of pages. */
const securityHeaders = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "x-frame-options", value: "DENY" },
  { key: "cross-origin-resource-policy", value: "same-origin" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "referrer-policy", value: "same-origin" },
  { key: "content-security-policy", value: "frame-ancestors 'none'" },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Not bundled: they read files beside themselves, or hold state that must be unique in the process.
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "@vscode/tree-sitter-wasm",
    "pg",
    "pg-boss",
    "pino",
    "prom-client",
    "web-tree-sitter",
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    ...["/api/:path*", "/git/:path*"].map((source) => ({
      source,
      headers: [{ key: "content-security-policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    })),
    {
      // User attachments. The rules here take precedence over headers set by a route.
      source: "/api/runs/:run/attachments/:position",
      headers: [{ key: "content-security-policy", value: "default-src 'none'; frame-ancestors 'none'; sandbox" }],
    },
  ],
  // Types are checked in a separate step for the whole repository.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    optimizePackageImports: ["lucide-react"],
    // A page's code does not change while the product runs; its data is cached separately, in the query client.
    staleTimes: { dynamic: 300 },
  },
};

export default config;
