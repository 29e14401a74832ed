import { connect, type Socket } from "node:net";
import pg from "pg";
import { joinSockets } from "#server/sandbox/join-sockets.ts";

const protocol = { major: 3, encryption: [80_877_103, 80_877_104], cancel: 80_877_102 } as const;
const maxStartupBytes = 10_000;
/** A client must send its startup message at once. */
const startupTimeoutMs = 10_000;

/**
 * Guards a connection from a preview's program to the database server: it passes only for its own role and database.
 * The server trusts everyone who reaches its socket, so this is the only protection.
 */
export function guardDatabaseConnection({
  client,
  connectionString,
  name,
}: {
  client: Socket;
  /** Of Graft's own database, on the same server. */
  connectionString: string;
  /** Of the role and of its database. */
  name: string;
}): void {
  let received = Buffer.alloc(0);
  client.on("error", () => client.destroy());
  client.setTimeout(startupTimeoutMs, () => client.destroy());
  const receive = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 8) return;
    const length = received.readInt32BE(0);
    const code = received.readInt32BE(4);
    if (length < 8 || length > maxStartupBytes) return refuse({ client, reason: "the first message is of no form" });
    if (received.length < length) return;
    if (protocol.encryption.some((known) => known === code)) {
      received = received.subarray(length);
      client.write("N");
      return void (received.length > 0 && receive(Buffer.alloc(0)));
    }
    client.off("data", receive);
    client.pause();
    client.setTimeout(0);
    const reason = code === protocol.cancel ? null : findFault({ message: received.subarray(0, length), code, name });
    if (reason !== null) return refuse({ client, reason });
    const server = connect(placeOfServer(connectionString));
    server.write(received);
    joinSockets(client, server);
  };
  client.on("data", receive);
}

/** Why a startup message is not this program's; null if it is. */
function findFault({ message, code, name }: { message: Buffer; code: number; name: string }): string | null {
  if (code >>> 16 !== protocol.major) return "the protocol is not known";
  const words = message.subarray(8).toString("utf8").split("\0");
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < words.length && words[index] !== ""; index += 2) {
    // A repeated parameter could be read differently by the server.
    if (parameters.has(words[index] ?? "")) return "a parameter comes twice";
    parameters.set(words[index] ?? "", words[index + 1] ?? "");
  }
  if (parameters.get("user") !== name || (parameters.get("database") ?? name) !== name)
    return `a preview has the role and the database ${name} and no other`;
  return parameters.has("replication") ? "a preview replicates nothing" : null;
}

function refuse({ client, reason }: { client: Socket; reason: string }): void {
  const fields = ["SFATAL", "VFATAL", "C28000", `MGraft refused the connection: ${reason}`, ""];
  const body = Buffer.from(`${fields.join("\0")}\0`, "utf8");
  const head = Buffer.alloc(5);
  head.write("E", 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  client.end(Buffer.concat([head, body]));
}

function placeOfServer(connectionString: string): { path: string } | { host: string; port: number } {
  const { host, port } = new pg.Client({ connectionString });
  return host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
}
