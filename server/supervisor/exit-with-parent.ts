/** Preloaded into the web process, which exits when its supervisor does, even after kill -9. */
process.once("disconnect", () => process.exit(0));
