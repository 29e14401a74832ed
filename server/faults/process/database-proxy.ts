import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/**
 * One statement on one connection, seen on its way to the server (`before`) or as its whole reply on the way back
 * (`after`).
 */
export type WireStep = {
  when: "before" | "after";
  /** On one line, with each run of white space as one space. */
  statement: string;
  /** The statements of the open transaction up to this one, without it; empty outside of one. */
  earlier: readonly string[];
};

/** `cut` closes both sides of the connection immediately. */
export type Verdict = "pass" | "cut";

/** Receives every step of the clients it is given to. The step waits until the returned promise resolves. */
export type WireObserver = (step: WireStep) => Verdict | Promise<Verdict>;

export type DatabaseProxy = {
  connectionString(name: string): string;
  close(): Promise<void>;
};

/**
 * A proxy between a process and PostgreSQL on a free port of 127.0.0.1, which parses the wire protocol. Faults are
 * injected here, so that the processes under test run the product's unchanged code.
 */
export async function startDatabaseProxy({
  socketPath,
  observe,
}: {
  socketPath: string;
  observe: WireObserver;
}): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = createConnection(socketPath);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // A killed process resets its connections; the close event tells the other side.
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    }
    relay({ client, upstream, observe });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: (name) => `postgresql://graft@127.0.0.1:${port}/${name}`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function relay({ client, upstream, observe }: { client: Socket; upstream: Socket; observe: WireObserver }): void {
  let pending: { statement: string; earlier: readonly string[] } | null = null;
  let transaction: string[] | null = null;
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  const requests = new MessageReader({ startsUntyped: true });
  const replies = new MessageReader({ startsUntyped: false });

  pump({
    from: client,
    to: upstream,
    async pass(chunk) {
      for (const { type, body } of requests.read(chunk)) {
        const statement = readStatement({ type, body });
        if (statement === null) continue;
        pending = { statement, earlier: [...(transaction ?? [])] };
        if ((await observe({ when: "before", ...pending })) === "cut") return false;
      }
      return true;
    },
    cut,
  });
  pump({
    from: upstream,
    to: client,
    async pass(chunk) {
      for (const { type, body } of replies.read(chunk)) {
        if (type !== "Z") continue;
        const answered = pending;
        pending = null;
        const isOpen = body[0] !== idleStatus;
        if (answered !== null) transaction = isOpen ? [...(transaction ?? []), answered.statement] : null;
        if (answered !== null && (await observe({ when: "after", ...answered })) === "cut") return false;
      }
      return true;
    },
    cut,
  });
}

/** The status in ReadyForQuery of a session without a transaction. */
const idleStatus = "I".charCodeAt(0);

/** Chunks pass in order, each after it was inspected. */
function pump({
  from,
  to,
  pass,
  cut,
}: {
  from: Socket;
  to: Socket;
  pass: (chunk: Buffer) => Promise<boolean>;
  cut: () => void;
}): void {
  let tail = Promise.resolve();
  from.on("data", (chunk) => {
    tail = tail.then(async () => {
      if (!(await pass(chunk))) cut();
      else if (!to.destroyed) to.write(chunk);
    });
  });
  from.on("close", () => {
    tail = tail.then(() => void to.destroy());
  });
}

/** `Q` carries its text; `P` (parse) a name and then the text. Binds and syncs belong to the parse before them. */
function readStatement({ type, body }: { type: string; body: Buffer }): string | null {
  if (type !== "Q" && type !== "P") return null;
  const start = type === "Q" ? 0 : body.indexOf(0) + 1;
  return body.toString("utf8", start, body.indexOf(0, start)).replaceAll(/\s+/g, " ").trim();
}

/**
 * Splits a stream of chunks into messages: a type, a length that includes itself, a body. A client's first message has
 * no type.
 */
class MessageReader {
  #rest: Buffer = Buffer.alloc(0);
  #isUntyped: boolean;

  constructor({ startsUntyped }: { startsUntyped: boolean }) {
    this.#isUntyped = startsUntyped;
  }

  read(chunk: Buffer): { type: string; body: Buffer }[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: { type: string; body: Buffer }[] = [];
    for (;;) {
      const typeBytes = this.#isUntyped ? 0 : 1;
      if (this.#rest.length < typeBytes + 4) return messages;
      const end = typeBytes + this.#rest.readUInt32BE(typeBytes);
      if (this.#rest.length < end) return messages;
      messages.push({
        type: this.#rest.toString("latin1", 0, typeBytes),
        body: this.#rest.subarray(typeBytes + 4, end),
      });
      this.#isUntyped = false;
      this.#rest = this.#rest.subarray(end);
    }
  }
}
