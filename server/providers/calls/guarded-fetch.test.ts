import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createGuardedFetch } from "./guarded-fetch.ts";

const limits = { headerTimeoutMs: 400, idleTimeoutMs: 400, totalTimeoutMs: 60_000, maxResponseBytes: 10_000 };

async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

describe("which addresses it requests", () => {
  const reached: string[] = [];
  const guarded = createGuardedFetch({
    baseUrl: "https://models.example/v1",
    secrets: [],
    fetch: async (input) => {
      reached.push(String(input));
      return new Response("ok");
    },
  });

  test.each([
    "https://models.example/v1/models",
    new URL("https://models.example/v1/chat/completions"),
    new Request("https://models.example/v1/models"),
  ])("requests %s", async (input) => {
    expect((await guarded(input)).ok).toBe(true);
  });

  test.each([
    "https://other.example/v1/models",
    "http://models.example/v1/models",
    "https://models.example:8443/v1/models",
    "https://models.example/admin",
    "https://models.example/v1/../admin",
    "https://models.example/v1evil/models",
    "https://models.example.evil.com/v1/models",
    "https://models.example@evil.com/v1/models",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
  ])("refuses %s", async (input) => {
    const before = reached.length;
    await expect(guarded(input)).rejects.toMatchObject({ kind: "forbidden-address" });
    expect(reached).toHaveLength(before);
  });

  test("does not follow a redirect, not even on the same server", async () => {
    const baseUrl = await serve((response) => response.writeHead(302, { location: "/v1/elsewhere" }).end());
    await expect(createGuardedFetch({ baseUrl, secrets: [] })(`${baseUrl}/models`)).rejects.toMatchObject({
      kind: "redirected",
    });
  });
});

describe("how long it waits and how much it reads", () => {
  test("fails without headers", async () => {
    const baseUrl = await serve(() => undefined);
    await expect(createGuardedFetch({ baseUrl, secrets: [], limits })(`${baseUrl}/x`)).rejects.toMatchObject({
      kind: "headers-late",
    });
  });

  test("fails at a pause in the body, but not for a slow body", async () => {
    const slow = await serve((response) => {
      const timer = setInterval(() => response.write("x"), 60);
      setTimeout(() => {
        clearInterval(timer);
        response.end();
      }, 600);
    });
    expect(
      (await (await createGuardedFetch({ baseUrl: slow, secrets: [], limits })(`${slow}/x`)).text()).length,
    ).toBeGreaterThan(2);
    const paused = await serve((response) => response.write("x"));
    const response = await createGuardedFetch({ baseUrl: paused, secrets: [], limits })(`${paused}/x`);
    await expect(response.text()).rejects.toMatchObject({ kind: "bytes-late" });
  });

  test.each([
    ["a character now and then", 20],
    ["a character as fast as it can", 0],
  ])("ends an endless answer: %s", async (_, pauseMs) => {
    const endless = await serve((response) => {
      const timer = setInterval(() => response.write("x"), pauseMs);
      response.on("close", () => clearInterval(timer));
    });
    const response = await createGuardedFetch({
      baseUrl: endless,
      secrets: [],
      limits: { ...limits, totalTimeoutMs: 300 },
    })(`${endless}/x`);
    await expect(response.text()).rejects.toMatchObject({ kind: "took-too-long" });
  });

  test("reads up to and including the limit", async () => {
    const exact = await serve((response) => response.end("x".repeat(10_000)));
    expect(
      (await (await createGuardedFetch({ baseUrl: exact, secrets: [], limits })(`${exact}/x`)).text()).length,
    ).toBe(10_000);
    const over = await serve((response) => response.end("x".repeat(10_001)));
    await expect(
      (await createGuardedFetch({ baseUrl: over, secrets: [], limits })(`${over}/x`)).text(),
    ).rejects.toMatchObject({ kind: "too-large" });
  });

  test("reports a broken connection, and an abort with its own reason", async () => {
    const broken = await serve((response) => response.write("x", () => response.destroy()));
    const response = await createGuardedFetch({ baseUrl: broken, secrets: [], limits })(`${broken}/x`);
    await expect(response.text()).rejects.toMatchObject({ kind: "cut" });
    const open = await serve((endless) => endless.write("x"));
    const stop = new AbortController();
    const running = await createGuardedFetch({
      baseUrl: open,
      secrets: [],
      limits: { ...limits, idleTimeoutMs: 5_000 },
    })(`${open}/x`, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("cancelled")), 10);
    await expect(running.text()).rejects.toThrow("cancelled");
  });
});

test("passes on error bodies unchanged, and removes secrets from connection failures", async () => {
  const baseUrl = await serve((response) => response.writeHead(401).end("no access with sk-secret-1"));
  const response = await createGuardedFetch({ baseUrl, secrets: ["sk-secret-1"] })(`${baseUrl}/x`);
  expect(response.status).toBe(401);
  expect(await response.text()).toBe("no access with sk-secret-1");
  const failing = createGuardedFetch({
    baseUrl,
    secrets: ["sk-secret-1"],
    fetch: () => Promise.reject(new TypeError("Invalid header value: sk-secret-1")),
  });
  await expect(failing(`${baseUrl}/x`)).rejects.toMatchObject({
    kind: "unreachable",
    message: expect.not.stringContaining("sk-secret-1") as string,
  });
});

test("a POST is answered with a stream, or with JSON if it accepts nothing else", async () => {
  const baseUrl = await serve((response) => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
  const guarded = createGuardedFetch({ baseUrl, secrets: [], limits });
  await expect(guarded(`${baseUrl}/chat`, { method: "POST" })).rejects.toMatchObject({ kind: "not-a-stream" });
  const response = await guarded(`${baseUrl}/show`, { method: "POST", headers: { accept: "application/json" } });
  expect(await response.json()).toEqual({});
});
