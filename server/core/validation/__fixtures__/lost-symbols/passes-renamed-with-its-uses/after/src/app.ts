import { registerUser } from "./user";

export const first = registerUser("a");
export const second = registerUser("b");
