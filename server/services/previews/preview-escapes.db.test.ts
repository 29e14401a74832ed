import { createServer } from "node:net";
import { chmod, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PreviewOutput } from "#lib/contracts/versions/preview.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview } from "#server/testing/preview-client.ts";
import { startPreviews, tinyServer, type StartedPreviews } from "#server/testing/started-previews.ts";

const { reason, directory, remove } = await openTestSandbox();

let previews: StartedPreviews;
beforeEach(async () => {
  previews = await startPreviews({ dataDir: directory });
});
afterEach(() => previews.close());
afterAll(remove);

/** A program that does what the address requests, in the shell and in Node, and responds with its output. */
const shell = `import { createServer } from "node:http";
import { execFile } from "node:child_process";
createServer((request, response) => {
  const [name, text] = JSON.parse(decodeURIComponent(request.url.slice(1)) || '["sh","true"]');
  const args = name === "sh" ? ["-c", text] : ["--input-type=module", "-e", text];
  execFile(name, args, { timeout: 20000 }, (error, stdout, stderr) => response.end(stdout));
}).listen(process.env.PORT, "127.0.0.1");
`;

async function startShell(extra: Readonly<Record<string, string>> = {}): Promise<PreviewOutput> {
  const { generationId } = await previews.importProject({ "shell.mjs": shell, ...extra });
  const preview = await previews.start(generationId, "node shell.mjs");
  expect(preview).toMatchObject({ status: "READY", reason: null });
  return preview;
}

async function doInside(preview: PreviewOutput, name: "sh" | "node", text: string): Promise<string> {
  const url = `${preview.url}${encodeURIComponent(JSON.stringify([name, text]))}`;
  return (await askPreview({ url })).text;
}

const connectTo = (places: readonly (string | number)[]) => `import { connect } from "node:net";
for (const place of ${JSON.stringify(places)}) {
  const socket = typeof place === "number" ? connect(place, "127.0.0.1") : connect(place);
  socket.on("connect", () => { console.log("reached", place); socket.destroy(); }).on("error", () => {});
}
setTimeout(() => process.exit(), 1500);`;

describe.skipIf(reason !== null)(`a program in a preview${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("reaches no socket and no port of the host, no other preview and not the listener", async () => {
    const place = join(directory, `open-${Date.now()}`);
    await mkdir(place);
    await chmod(place, 0o777);
    let connections = 0;
    const onPath = createServer(() => (connections += 1)).listen(join(place, "s"));
    const onPort = createServer(() => (connections += 1)).listen(0, "127.0.0.1");
    await new Promise((resolve) => onPort.once("listening", resolve));
    await chmod(join(place, "s"), 0o777);
    const { port } = onPort.address() as { port: number };
    const other = await startShell({ "other.txt": "" });
    const preview = await startShell();
    const places = [join(place, "s"), "/run/docker.sock", "\0abstract", port, previews.port, 5432, 22];
    expect(await doInside(preview, "node", connectTo(places))).toBe("");
    // A mounted one looks like a file in a listing of its folder.
    const sockets = "find / -type s -not -path '/proc/*' 2>/dev/null; stat -c '%F %n' /opt/graft/* | grep socket";
    expect(await doInside(preview, "sh", sockets)).toBe("socket /opt/graft/preview.sock\n");
    expect(connections).toBe(0);
    onPath.close();
    onPort.close();
    expect(await doInside(other, "sh", "echo still here")).toBe("still here\n");
  });

  test("reads nothing of Graft: no variable, no data directory, no process", async () => {
    process.env["ANTHROPIC_API_KEY"] = "sk-ant-of-this-machine";
    const preview = await startShell();
    const attempt = `cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep -E 'sk-ant|DATABASE|GRAFT'; ls ${directory} /root /var 2>/dev/null; grep -l '[v]itest' /proc/*/cmdline 2>/dev/null; true`;
    expect(await doInside(preview, "sh", attempt)).toBe("");
  });

  test("cannot redirect its visitors: it does not own its connection, and only serves its own responses", async () => {
    const preview = await startShell();
    const replace = `rm -f /opt/graft/preview.sock; ln -sf /run/docker.sock /opt/graft/preview.sock; mv /opt/graft /tmp/x; mount --bind /tmp /opt; stat -c %F /opt/graft/preview.sock`;
    expect(await doInside(preview, "sh", replace)).toBe("socket\n");
    // Ten times more connections than are kept open.
    const flood = `import { connect } from "node:net";
      for (let count = 0; count < 320; count += 1) connect("/opt/graft/preview.sock").on("error", () => {});
      setTimeout(() => { console.log("flooded"); process.exit(); }, 500);`;
    expect(await doInside(preview, "node", flood)).toBe("flooded\n");
    await expect.poll(() => doInside(preview, "sh", "echo answers").catch(() => "")).toBe("answers\n");
  });

  test("with a database reaches only that one, as its own role, and it is dropped with the preview", async () => {
    const preview = await startShell({ ".env.example": "DATABASE_URL=postgresql://a:b@localhost:5432/x\n" });
    const { database } = previews.server.container;
    const { databaseName } = await database.prisma.preview.findUniqueOrThrow({ where: { id: preview.previewId } });
    const startup = (user: string, name: string) => `import { connect } from "node:net";
      const body = Buffer.from("user\\0${user}\\0database\\0${name}\\0\\0");
      const head = Buffer.alloc(8); head.writeInt32BE(body.length + 8, 0); head.writeInt32BE(196608, 4);
      const socket = connect(5432, "127.0.0.1", () => socket.write(Buffer.concat([head, body])));
      socket.once("data", (data) => { console.log(data.toString("latin1", 0, 1)); process.exit(); }).on("error", console.log);`;
    const own = databaseName ?? "";
    const environment = await doInside(preview, "sh", "echo $DATABASE_URL $PGDATABASE");
    expect(environment).toMatch(new RegExp(`^postgresql://${own}:\\w+@127\\.0\\.0\\.1:5432/${own} ${own}\n$`));
    // R: the server accepts the connection. E: an error.
    expect(await doInside(preview, "node", startup(own, own))).toBe("R\n");
    for (const [user, name] of [
      ["graft", "postgres"],
      [own, "postgres"],
      ["graft", own],
    ] as const)
      expect(await doInside(preview, "node", startup(user, name))).toBe("E\n");
    const { log } = await previews.server.api.preview.get(preview);
    expect(log).not.toContain(environment.split(":")[2]?.split("@")[0]);
    await previews.server.api.preview.stop(preview);
    await previews.waitFor(preview.previewId, "STOPPED");
    const left = await database.prisma.$queryRaw`
      SELECT datname FROM pg_database WHERE datname = ${own} UNION ALL SELECT rolname FROM pg_roles WHERE rolname = ${own}`;
    expect(left).toEqual([]);
  });

  test("a preview without a database cannot reach one", async () => {
    const preview = await startShell();
    expect(await doInside(preview, "sh", "env | grep -E '^(PG|DATABASE)'; true")).toBe("");
    expect(await doInside(preview, "node", connectTo([5432]))).toBe("");
  });

  test("its background processes end with it", async () => {
    const mark = `4${Date.now() % 100_000_000}`;
    const preview = await startShell();
    await doInside(
      preview,
      "sh",
      `setsid sleep ${mark} >/dev/null 2>&1 & setsid sh -c 'sleep ${mark}' >/dev/null 2>&1 & true`,
    );
    expect(await countProcesses((line) => line.includes(`sleep ${mark}`))).toBeGreaterThan(0);
    await previews.server.api.preview.stop(preview);
    await previews.waitFor(preview.previewId, "STOPPED");
    expect(await countProcesses((line) => line.includes(`sleep ${mark}`))).toBe(0);
    await expect(askPreview({ url: preview.url ?? "" })).resolves.toMatchObject({ status: 404 });
  });

  test("the work folder of one is not accessible to others", async () => {
    const one = await startShell({ "secret-of-one.txt": "one" });
    const two = await previews.start(
      (await previews.importProject({ ...tinyServer("second"), "shell.mjs": shell })).generationId,
      "node shell.mjs",
    );
    expect(
      await doInside(two, "sh", "find / -name secret-of-one.txt 2>/dev/null; ps ax 2>/dev/null | grep -c shell.mjs"),
    ).not.toContain("secret-of-one");
    expect(await doInside(one, "sh", "ls /work")).toContain("secret-of-one.txt");
    expect((await readdir(directory)).length).toBeGreaterThan(0);
  });
});
