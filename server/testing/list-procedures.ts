import type { z } from "zod";
import { appRouter } from "#server/trpc/root.ts";

type ListedProcedure = {
  /** `project.list` */
  name: string;
  type: "query" | "mutation" | "subscription";
  inputs: z.ZodType[];
};

/** Lists every procedure with its inputs. tRPC keeps them in one flat record, which its types omit. */
export function listProcedures(): ListedProcedure[] {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: Omit<ListedProcedure, "name"> }>;
  return Object.entries(procedures).map(([name, { _def }]) => ({ name, type: _def.type, inputs: _def.inputs }));
}
