import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { providerNames } from "#lib/contracts/model.ts";
import { parseEnv } from "#server/parse-env.ts";
import { systemClock } from "../clock.ts";
import { createScriptedModel } from "../testing/scripted-model.ts";
import { loopbackModelIds } from "../testing/loopback-gateway.ts";
import { createVendors } from "./registry.ts";

const vendors = createVendors({
  config: { compatibleTools: "on" },
  keys: new Map(),
  builtinModel: createScriptedModel([]),
  clock: systemClock,
});
const names = vendors.map(({ facts }) => facts.provider);

test("every provider is a vendor, in the order of the list", () => {
  expect(names).toEqual(providerNames);
});

const contractTests = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => readFileSync(join(import.meta.dirname, path), "utf8"))
  .filter((text) => text.includes("describeProvider({"));

test.each(names.filter((name) => name !== "builtin"))("%s has a test that runs the contract of all vendors", (name) => {
  expect(Object.keys(loopbackModelIds)).toContain(name);
  expect(contractTests.filter((text) => text.includes(`loopbackModelIds.${name}`))).toHaveLength(1);
});

test.each(vendors.filter(({ facts }) => facts.keyVariable !== null).map(({ facts }) => facts))(
  "the key and the address of $provider are read from the environment",
  ({ provider, keyVariable, addressVariable }) => {
    const url = "http://models.example/v1";
    const { models } = parseEnv({
      [keyVariable ?? ""]: "a-key",
      ...(addressVariable === null ? {} : { [addressVariable]: url }),
    });
    expect(models.keys[provider as keyof typeof models.keys]).toBe("a-key");
    expect(Object.keys(models.baseUrls)).toContain(provider);
    if (addressVariable !== null) expect(models.baseUrls[provider as keyof typeof models.baseUrls]).toBe(url);
  },
);
