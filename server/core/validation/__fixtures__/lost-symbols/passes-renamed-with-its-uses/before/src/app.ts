import { createUser } from "./user";

export const first = createUser("a");
export const second = createUser("b");
