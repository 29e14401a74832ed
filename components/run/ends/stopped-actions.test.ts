import { expect, test } from "vitest";
import { chooseStoppedActions } from "./stopped-actions.ts";

test("the action that fixes the failure comes first", () => {
  expect(chooseStoppedActions({ failureCode: "VALIDATION_FAILED", isRetryable: true, hasWords: true })).toEqual({
    main: ["fix-prompt", "retry", "edit-prompt"],
    quiet: ["raw-answer", "diagnostics"],
  });
  expect(chooseStoppedActions({ failureCode: "PROVIDER_AUTH", isRetryable: false, hasWords: false })).toEqual({
    main: ["settings", "other-model"],
    quiet: ["diagnostics"],
  });
});

test("an action that would fail again is not offered", () => {
  expect(chooseStoppedActions({ failureCode: "RATE_LIMITED", isRetryable: false, hasWords: false }).main).toEqual([
    "other-model",
    "edit-prompt",
  ]);
});

test("a cancelled run needs no diagnosis", () => {
  expect(chooseStoppedActions({ failureCode: null, isRetryable: true, hasWords: true })).toEqual({
    main: ["retry", "edit-prompt"],
    quiet: [],
  });
});
