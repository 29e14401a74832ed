import pino from "pino";

/** Structured lines on standard error. Prompts, file contents and keys are never logged. */
export const logger = pino({ level: "info", base: { pid: process.pid } }, pino.destination({ fd: 2, sync: false }));
