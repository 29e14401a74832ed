import { createTRPCRouter, adminProcedure } from "./trpc";

export default createTRPCRouter({ purge: adminProcedure.mutation(() => 1) });
