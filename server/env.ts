import { existsSync } from "node:fs";
import { parseEnv, type Env } from "./parse-env.ts";

let memo: Env | null = null;

/**
 * The environment, read once; `.env` in the working directory supplies unset variables. Nothing else reads
 * `process.env`.
 *
 * @throws Error as `parseEnv` does
 */
export function readEnv(): Env {
  memo ??= parseEnv(loadVariables());
  return memo;
}

function loadVariables(): NodeJS.ProcessEnv {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env;
}
