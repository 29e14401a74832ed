import { describe, expect, test } from "vitest";
import { parseEnv } from "./parse-env.ts";

describe("parseEnv", () => {
  test("returns the defaults for an empty environment", () => {
    expect(parseEnv({})).toMatchObject({
      port: 3_000,
      host: "127.0.0.1",
      role: "all",
      workerConcurrency: 4,
      databaseUrl: undefined,
      defaultModelId: "builtin:scaffold",
    });
  });

  test("treats an empty variable as unset, and splits the list of models", () => {
    expect(parseEnv({ PORT: "", OPENAI_COMPATIBLE_MODELS: "a, b,,c " })).toMatchObject({
      port: 3_000,
      models: { compatibleModels: ["a", "b", "c"] },
    });
  });

  test("reads the host's proxy in either spelling, also without http://", () => {
    const outboundOf = (source: Record<string, string>) => parseEnv(source).repositories.outbound;
    expect(outboundOf({})).toBeNull();
    expect(outboundOf({ https_proxy: "proxy.example:3128", NO_PROXY: "a.example, .b.example" })).toEqual({
      url: new URL("http://proxy.example:3128"),
      exceptions: ["a.example", ".b.example"],
    });
    expect(outboundOf({ HTTPS_PROXY: "https://user:word@proxy.example" })?.exceptions).toEqual([]);
  });

  test.each([
    [{ PORT: "x" }, /: PORT is not a whole number from 0 to 65535\. \.env/],
    [{ PORT: "70000" }, /: PORT is not a whole number from 0 to 65535\. \.env/],
    [{ PORT: "80.5" }, /: PORT is not a whole number from 0 to 65535\. \.env/],
    [{ GRAFT_WORKER_CONCURRENCY: "0" }, /GRAFT_WORKER_CONCURRENCY is not a whole number from 1 to 64\./],
    [{ GRAFT_WORKER_CONCURRENCY: "1000" }, /GRAFT_WORKER_CONCURRENCY is not a whole number from 1 to 64\./],
    [
      { GRAFT_DEFAULT_MODEL: "x" },
      /: GRAFT_DEFAULT_MODEL is not a model id of the form vendor:model, for example builtin:scaffold\. \.env/,
    ],
    [{ HOST: "0.0.0.0" }, /HOST is not a loopback address; Graft has no login/],
    [{ GRAFT_RUN_LIMIT_USD: "0" }, /GRAFT_RUN_LIMIT_USD is not above 0/],
    [{ GRAFT_DAY_LIMIT_USD: "much" }, /GRAFT_DAY_LIMIT_USD is not a number/],
    [{ LOG_LEVEL: "loud" }, /LOG_LEVEL is not one of silent, error, warn, info, debug/],
    [{ GRAFT_ROLE: "both" }, /GRAFT_ROLE is not one of all, web, worker/],
    [{ DATABASE_URL: "mysql://x" }, /DATABASE_URL is not a postgresql/],
    [{ HTTPS_PROXY: "socks5://proxy.example" }, /HTTPS_PROXY is not an http or https address of a proxy/],
    [{ OPENAI_COMPATIBLE_BASE_URL: "localhost:11434" }, /OPENAI_COMPATIBLE_BASE_URL is not an http/],
  ])("refuses %o with a sentence", (source, sentence) => {
    expect(() => parseEnv(source)).toThrow(sentence);
  });

  test("never repeats a value, which may be a key", () => {
    expect(() => parseEnv({ DATABASE_URL: "mysql://user:secret@host" })).toThrow(/^(?!.*secret)/s);
  });
});
