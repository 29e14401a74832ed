import { isEndOfRun, type StoredRunEvent } from "#lib/contracts/runs/run-event.ts";

/** The procedures of the contract, called as curl calls them. */
export class HttpClient {
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** @throws Error with the whole response if it contains none */
  async query<Output>(procedure: string, input: object): Promise<Output> {
    return readData(await fetch(this.#address(procedure, input)));
  }

  async mutate<Output>(procedure: string, input: object): Promise<Output> {
    return readData(
      await fetch(`${this.#baseUrl}/api/trpc/${procedure}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
      }),
    );
  }

  async importProject({
    name,
    archive,
  }: {
    name: string;
    archive: Uint8Array;
  }): Promise<{ projectId: string; generationId: string }> {
    const response = await fetch(`${this.#baseUrl}/api/projects/import?name=${encodeURIComponent(name)}`, {
      method: "POST",
      body: new Uint8Array(archive),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as { projectId: string; generationId: string };
  }

  /**
   * Reads all events of a run over several connections. `leaveAfter` returns after how many events the client drops
   * each connection.
   */
  async watch({
    runId,
    leaveAfter,
  }: {
    runId: string;
    leaveAfter: () => number;
  }): Promise<{ events: StoredRunEvent[]; connections: number }> {
    const events: StoredRunEvent[] = [];
    for (let connections = 1; ; connections += 1) {
      const last = events.at(-1)?.sequence;
      const leaving = new AbortController();
      const response = await fetch(
        this.#address("run.events", { runId, ...(last === undefined ? {} : { lastEventId: String(last) }) }),
        { headers: { accept: "text/event-stream" }, signal: leaving.signal },
      );
      let left = leaveAfter();
      for await (const event of readEvents(response)) {
        events.push(event);
        left -= 1;
        if (isEndOfRun(event.event)) return { events, connections };
        if (left <= 0) break;
      }
      leaving.abort();
    }
  }

  #address(procedure: string, input: object): string {
    return `${this.#baseUrl}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
  }
}

async function readData<Output>(response: Response): Promise<Output> {
  const text = await response.text();
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${text}`);
  return (JSON.parse(text) as { result: { data: Output } }).result.data;
}

/** The stored events of a server-sent stream; its other messages have no id. */
async function* readEvents(response: Response): AsyncGenerator<StoredRunEvent> {
  if (response.body === null || !response.ok) throw new Error(`HTTP ${response.status}`);
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + text).split("\n\n");
    rest = messages.pop() ?? "";
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data !== undefined && /^id: /m.test(message)) yield JSON.parse(data) as StoredRunEvent;
    }
  }
}
