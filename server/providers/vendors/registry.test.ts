import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { providerNames } from "#lib/contracts/model.ts";
import { parseEnv } from "#server/env.ts";
import { systemClock } from "../clock.ts";
import { createScriptedModel } from "../scripted.ts";
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

test.each(names.filter((name) => name !== "builtin"))("%s has a test that runs the contract of all vendors", (name) => {
  expect(Object.keys(loopbackModelIds)).toContain(name);
  const fileName = name === "gateway" ? "vercel-gateway" : name;
  const paths = [`${fileName}.test.ts`, join(fileName, `${fileName}.test.ts`)].map((path) =>
    join(import.meta.dirname, path),
  );
  const texts = paths.filter((path) => existsSync(path)).map((path) => readFileSync(path, "utf8"));
  expect(texts.join("\n")).toContain("describeProvider({");
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
