import { publicProcedure, router } from "./trpc";

export const me = publicProcedure.query(() => 1);
export const userRouter = router({ list: publicProcedure.query(() => []) });
