import { TRPCClientError } from "@trpc/client";
import { expect, it } from "vitest";
import { reachability } from "./reachability.ts";

it("notifies once per change, and not when nothing changed", () => {
  const seen: boolean[] = [];
  const leave = reachability.subscribe(() => seen.push(reachability.isReachable()));
  const away = TRPCClientError.from(new TypeError("Failed to fetch"));
  reachability.noteAnswer();
  reachability.noteError(away);
  reachability.noteError(away);
  reachability.noteAnswer();
  leave();
  reachability.noteError(away);
  expect(seen).toEqual([false, true]);
  expect(reachability.isReachable()).toBe(false);
});

it("counts a refusal as an answer", () => {
  reachability.noteError({ message: "There is no such run.", data: { appError: { code: "RUN_NOT_FOUND" } } });
  expect(reachability.isReachable()).toBe(true);
});
