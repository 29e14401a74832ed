import { flushCompileCache } from "node:module";

/** By then, a process has loaded what it needs to serve. */
const delayMs = 3_000;

// Node stores compiled modules when a process exits. A process that is killed would store none, and its successor would
// take twice as long to start.
setTimeout(flushCompileCache, delayMs).unref();
