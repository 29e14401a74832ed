import { z } from "zod";

export const resolveInput = z.object({ runId: z.string(), decisions: z.array(z.string()) });
