import { expect, it } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import { RunCancelled, WorkerStopping } from "#server/orchestrator/interruptions.ts";
import type { Notifications } from "#server/store/notifications.ts";
import { RunSignals } from "./run-signals.ts";

const runId = "r1" as RunId;

/** Notifications that the test sends. */
function createFakeNotifications() {
  const subscriptions = new Set<Parameters<Notifications["subscribe"]>[0]>();
  const notifications: Notifications = {
    subscribe(subscription) {
      subscriptions.add(subscription);
      return () => subscriptions.delete(subscription);
    },
    countListeners: (channel) => [...subscriptions].filter((each) => each.channel === channel).length,
    close: async () => undefined,
  };
  const notify = (name: string, payload: string | null) => {
    for (const { channel, listener } of subscriptions) if (channel === name) listener(payload);
  };
  return { notifications, subscriptions, notify };
}

function open({ readIsCancelRequested = async () => false, stopping = new AbortController() } = {}) {
  const { notifications, subscriptions, notify } = createFakeNotifications();
  const signals = new RunSignals({ runId, notifications, readIsCancelRequested, stopping: stopping.signal });
  return { signals, stopping, subscriptions, notify };
}

it("interrupts its own run when the user cancels, and no other", () => {
  const { signals, notify } = open();
  notify("graft_run_cancel", "r2");
  expect(signals.interruption.aborted).toBe(false);
  notify("graft_run_cancel", runId);
  expect(signals.interruption.reason).toBeInstanceOf(RunCancelled);
  expect(signals.isWorkerStopping).toBe(false);
});

it("reads after a reconnection whether a cancellation was missed, and again at the next if that failed", async () => {
  const answers = [() => Promise.reject(new Error("lost again")), async () => true];
  const { signals, notify } = open({ readIsCancelRequested: async () => (await answers.shift()?.()) ?? false });
  notify("graft_run_cancel", null);
  await new Promise(setImmediate);
  expect(signals.interruption.aborted).toBe(false);
  notify("graft_run_cancel", null);
  await new Promise(setImmediate);
  expect(signals.interruption.reason).toBeInstanceOf(RunCancelled);
});

it("skips the pause of its own run", () => {
  const { signals, notify } = open();
  const pause = signals.skippablePause.begin();
  notify("graft_run_skip_pause", "r2");
  expect(pause.aborted).toBe(false);
  notify("graft_run_skip_pause", runId);
  expect(pause.aborted).toBe(true);
  expect(signals.interruption.aborted).toBe(false);
});

it("stops with its worker, also with one that was stopping before", () => {
  const { signals, stopping } = open();
  expect(signals.isWorkerStopping).toBe(false);
  stopping.abort();
  expect(signals.interruption.reason).toBeInstanceOf(WorkerStopping);
  expect(signals.isWorkerStopping).toBe(true);
  expect(open({ stopping }).signals.isWorkerStopping).toBe(true);
});

it("keeps the first interruption, and hears nothing once it is closed", () => {
  const { signals, stopping, subscriptions } = open();
  signals.cancel();
  stopping.abort();
  expect(signals.interruption.reason).toBeInstanceOf(RunCancelled);
  const closed = open();
  closed.signals.close();
  closed.stopping.abort();
  expect(closed.subscriptions).toHaveLength(0);
  expect(closed.signals.interruption.aborted).toBe(false);
  expect(subscriptions).toHaveLength(2);
});
