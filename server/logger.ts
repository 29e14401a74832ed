import pino from "pino";

/** Structured lines on standard error. Prompts, file contents and keys are never logged. */
export const logger = pino(
  { level: "info", base: { pid: process.pid }, serializers: { err: describeError } },
  pino.destination({ fd: 2, sync: false }),
);

/** The loggable parts of an error. Other properties are omitted: a driver's error contains its whole connection. */
function describeError(error: Error): object {
  const { type, message, code, stack } = pino.stdSerializers.err(error);
  return { type, message, code, stack };
}
