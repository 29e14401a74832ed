import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AnyRouter } from "@trpc/server";
import { appRouter } from "#server/trpc/root.ts";

const appDir = fileURLToPath(new URL("../../../app", import.meta.url));

/** A well-formed id that names nothing: the address exists, the requested row does not. */
const unknownId = "0198c0de-0000-7000-8000-000000000000";

type ApiAddress = { target: string; methods: readonly string[] };

/** Lists the page addresses of the app folder, with a value for every parameter. */
export function listPageAddresses(): string[] {
  return listFiles("page.tsx").map(toAddress);
}

/** Lists the API's route handlers with the methods that each exports, without tRPC and the catch-all. */
export async function listApiAddresses(): Promise<ApiAddress[]> {
  const routes = listFiles("route.ts").filter((path) => !/\[trpc\]|\[\[/.test(path));
  return Promise.all(
    routes.map(async (path) => {
      const exported = (await import(join(appDir, path))) as Record<string, unknown>;
      return { target: toAddress(path), methods: Object.keys(exported).filter((name) => /^[A-Z]+$/.test(name)) };
    }),
  );
}

/** Lists every procedure; those that change something have the kind `mutation`. */
export function listProcedures(): { name: string; type: "query" | "mutation" | "subscription" }[] {
  const { procedures } = (appRouter as unknown as AnyRouter)._def;
  return Object.entries(procedures).map(([name, procedure]) => ({
    name,
    type: (procedure as { _def: { type: "query" | "mutation" | "subscription" } })._def.type,
  }));
}

function listFiles(name: string): string[] {
  return readdirSync(appDir, { recursive: true, encoding: "utf8" }).filter(
    (path) => path === name || path.endsWith(`/${name}`),
  );
}

function toAddress(path: string): string {
  const segments = path.split("/").slice(0, -1);
  return `/${segments.map((segment) => (segment.startsWith("[") ? unknownId : segment)).join("/")}`;
}
