import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { createTestDatabase } from "#server/testing/test-database.ts";
import { openDatabase } from "./database.ts";
import { createNotifications } from "./notifications.ts";

test.each([0, 1, 5, 20, 100])("closing %i ms after the first subscription ends the connection", async (pauseMs) => {
  const { connectionString, drop } = await createTestDatabase();
  const database = openDatabase({ connectionString, maxConnections: 1, onError: () => {} });
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  const notifications = createNotifications({ database, onError: () => {} });
  notifications.subscribe({ channel: "graft_run_event", listener: () => {} });
  await delay(pauseMs);
  const ended = await Promise.race([notifications.close().then(() => "closed"), delay(5_000, "still open")]);
  expect(ended).toBe("closed");
});
