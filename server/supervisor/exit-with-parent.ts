/** Preloaded into the web process: when the supervisor is gone, even by kill -9, no orphan goes on serving. */
process.once("disconnect", () => process.exit(0));
