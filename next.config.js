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
  // Types are checked by their own step, which reads the whole repository.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    optimizePackageImports: ["lucide-react"],
    // What a page of the product is made of does not change while it runs; its data has its own life, in the query client.
    staleTimes: { dynamic: 300 },
  },
};

export default config;
