import { createServer } from "node:net";
import { expect, test } from "vitest";
import { findFreePort } from "./find-free-port.ts";

const host = "127.0.0.1";

test("returns any free port for 0, and the requested one if it is free", async () => {
  const port = await findFreePort({ host, port: 0 });
  expect(port).toBeGreaterThan(0);
  expect(await findFreePort({ host, port })).toBe(port);
});

test("says which port is taken", async () => {
  const port = await findFreePort({ host, port: 0 });
  const holder = createServer().listen({ host, port });
  await new Promise((resolve) => holder.once("listening", resolve));
  await expect(findFreePort({ host, port })).rejects.toThrow(
    `Port ${port} is in use. Stop what uses it, or start with PORT set to another number.`,
  );
  holder.close();
});
