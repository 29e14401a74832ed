import { z } from "zod";

export const checkInput = z.object({ runId: z.string(), decisions: z.array(z.string()) });

export const resolveInput = checkInput.extend({ force: z.boolean().optional() });
