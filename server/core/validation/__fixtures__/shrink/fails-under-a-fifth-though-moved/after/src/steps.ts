export * from "./all-steps";
