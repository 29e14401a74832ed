/** On every answer, whoever made it: a page, a route, a static file or a refusal. proxy.ts sets the policy of pages. */
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
  // Run by Node as they are: they read files beside themselves, or hold one state for the process.
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
      // What users attached; the rules here come before what a route sets itself.
      source: "/api/runs/:run/attachments/:position",
      headers: [{ key: "content-security-policy", value: "default-src 'none'; frame-ancestors 'none'; sandbox" }],
    },
  ],
  // Types are checked by their own step, which reads the whole repository.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    optimizePackageImports: ["lucide-react"],
    // What a page of the product is made of does not change while it runs; its data has its own life, in the query client.
    staleTimes: { dynamic: 300 },
  },
};

export default config;
