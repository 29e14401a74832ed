import { start } from "./start.ts";

const server = await start();
console.log(server.url);
