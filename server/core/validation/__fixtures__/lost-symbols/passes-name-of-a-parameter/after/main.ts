import { start, withServer } from "./start.ts";

await withServer(async (server) => {
  console.log(server.url);
});
