import { createTRPCRouter, publicProcedure } from "../trpc";

export const taskRouter = createTRPCRouter({
  events: publicProcedure.subscription(async function* () {}),
});

export const router = express.Router();
