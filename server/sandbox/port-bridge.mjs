// Runs inside the sandbox beside the command that it starts: node port-bridge.mjs PORT SOCKET COMMAND. Programs use a
// port; the only way out is a socket.
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const [port, socket, command] = process.argv.slice(2);
const server = createServer((client) => {
  const outside = connect(socket);
  for (const [from, to] of [
    [client, outside],
    [outside, client],
  ]) {
    from.on("error", () => to.destroy());
    from.pipe(to);
  }
});
server.listen(Number(port), "127.0.0.1", () => {
  const child = spawn("/bin/sh", ["-c", command], { stdio: "inherit" });
  child.once("close", (code) => process.exit(code ?? 1));
});
