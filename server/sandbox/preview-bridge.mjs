// Runs inside the sandbox, beside the command that it starts: node preview-bridge.mjs OPTIONS COMMAND, with OPTIONS as
// JSON: { port, door } to serve the command, { database } to give it access to its database. Nothing outside opens
// anything in here: the bridge opens connections to a socket outside, and the outside uses them. A path opened from
// outside could have become a link by then.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";

const [options, command] = process.argv.slice(2);
const { port, door, database } = JSON.parse(options);

/** Connections that wait for a request. */
const spareCount = 8;
const lookEveryMs = 50;
/** A program that listens on another port than requested may still be about to listen on the right one. */
const settleMs = 2_500;
const databasePort = 5432;

/** How long a side may stay open after the other has closed. */
const lingerMs = 10_000;

/** Like `joinSockets` of the server, which no module in here can import. */
function join(one, other) {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ]) {
    from.on("error", () => to.destroy());
    from.once("close", () => {
      // Destroying it at once would drop what it has not sent yet.
      if (from.readableEnded) setTimeout(() => to.destroy(), lingerMs).unref();
      else to.destroy();
    });
    from.pipe(to);
  }
}

/** Listening ports in this sandbox, with the addresses that reach them. */
function listListeners() {
  const found = new Map();
  for (const [file, host] of [
    ["/proc/net/tcp6", "::1"],
    ["/proc/net/tcp", "127.0.0.1"],
  ]) {
    let text = "";
    try {
      text = readFileSync(file, "latin1");
    } catch {
      continue;
    }
    for (const line of text.split("\n").slice(1)) {
      const [, local, , state] = line.trim().split(/\s+/);
      if (state !== "0A") continue;
      const number = Number.parseInt(local.slice(local.lastIndexOf(":") + 1), 16);
      if (number !== databasePort || database === undefined) found.set(number, host);
    }
  }
  return found;
}

let target = null;
let otherSince = 0;

function look() {
  const listeners = listListeners();
  const others = [...listeners].filter(([number]) => number !== port);
  if (listeners.has(port)) target = { port, host: listeners.get(port) };
  else if (others.length === 0) otherSince = 0;
  else if (otherSince === 0) otherSince = Date.now();
  else if (Date.now() - otherSince > settleMs) target = { port: others[0][0], host: others[0][1] };
  if (target === null) setTimeout(look, lookEveryMs);
  else for (let count = 0; count < spareCount; count += 1) offer();
}

/** Opens a connection and waits for a request on it. */
function offer() {
  const outside = connect(door);
  let isUsed = false;
  outside.once("readable", () => {
    const head = outside.read();
    if (head === null) return;
    isUsed = true;
    offer();
    const inside = connect(target);
    inside.write(head);
    join(outside, inside);
  });
  outside.on("error", () => outside.destroy());
  outside.on("close", () => {
    if (!isUsed) setTimeout(offer, 1_000);
  });
}

function start() {
  const child = spawn("/bin/sh", ["-c", command], { stdio: "inherit" });
  child.once("close", (code) => process.exit(code ?? 1));
  if (door !== undefined) look();
}

if (database === undefined) start();
else createServer((client) => join(client, connect(database))).listen(databasePort, "127.0.0.1", start);
