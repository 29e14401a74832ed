import type { Container } from "#server/container.ts";
import type { LongAnswers } from "./long-answers.ts";

/** Without a login there is one owner; every row carries it and every query is scoped by it. */
export const localOwnerId = "local";

/** `requestId` identifies the request in the log, in the response's `x-request-id` and in its errors. */
export type RequestContext = {
  container: Container;
  ownerId: string;
  requestId: string;
  /** Absent if the procedure is called without HTTP. */
  longAnswers?: LongAnswers;
};
