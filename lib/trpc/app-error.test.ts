import { TRPCClientError } from "@trpc/client";
import { expect, it } from "vitest";
import { readAppError } from "./app-error.ts";

it("reads code, message and details from a tRPC error", () => {
  const error = TRPCClientError.from({
    error: {
      code: -32004,
      message: "There is no such project.",
      data: {
        code: "NOT_FOUND",
        httpStatus: 404,
        appError: { code: "PROJECT_NOT_FOUND", details: { projectId: "p1" }, requestId: "r1" },
      },
    },
  });
  expect(readAppError(error)).toEqual({
    code: "PROJECT_NOT_FOUND",
    message: "There is no such project.",
    details: { projectId: "p1" },
    requestId: "r1",
  });
});

it("reads the body of a failed HTTP request", () => {
  const body = { error: { code: "INVALID_ARCHIVE", message: "The zip holds a path that leaves the project." } };
  expect(readAppError(body)).toEqual({
    code: "INVALID_ARCHIVE",
    message: "The zip holds a path that leaves the project.",
  });
});

it("distinguishes an unreachable server from an error of the page", () => {
  expect(readAppError(TRPCClientError.from(new TypeError("Failed to fetch"))).code).toBe("OFFLINE");
  expect(readAppError(new Error("boom")).code).toBe("INTERNAL");
  expect(readAppError(undefined).code).toBe("INTERNAL");
});

it("does not pass on an unknown code", () => {
  expect(readAppError({ message: "x", data: { appError: { code: "SOMETHING_ELSE" } } }).code).toBe("INTERNAL");
});
