import { createTestDatabase, stopTestServer } from "./test-database.ts";

/** Starts the test server before the first database test and stops it after the last. */
export async function setup(): Promise<() => Promise<void>> {
  await (await createTestDatabase()).drop();
  return stopTestServer;
}
