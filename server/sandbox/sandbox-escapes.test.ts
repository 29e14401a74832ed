import { createServer } from "node:net";
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readReports } from "./read-reports.ts";
import { removeWorkFolder } from "./work-folder.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";

const { run, directory, reason, sandbox, remove } = await openTestSandbox();
afterAll(remove);

/** A world-writable place outside, so that only the sandbox protects it. */
async function makeOpenPlace(name: string): Promise<string> {
  const place = join(directory, name);
  await mkdir(place);
  await chmod(place, 0o777);
  return place;
}

describe.skipIf(reason !== null)(`a program in the sandbox${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("writes only to its folder", async () => {
    const place = await makeOpenPlace("open");
    const { output, folder } = await run(
      `for p in ${place} /usr /etc /dev / /opt/graft /proc/sys/kernel; do (echo x > $p/escaped) 2>/dev/null && echo "wrote $p"; done
       echo y > /work/inside; mkdir -p ${place} 2>/dev/null; mount -t tmpfs none /usr 2>/dev/null && echo mounted; true`,
    );
    expect(output).toBe("");
    expect(await readdir(place)).toEqual([]);
    expect(await readFile(join(folder.files, "inside"), "utf8")).toBe("y\n");
  });

  test("reads no home, no data directory and no private files of the host", async () => {
    await writeFile(join(directory, "secret"), "key", { mode: 0o644 });
    const { output } = await run(
      `cat ${directory}/secret ${homedir()}/.bashrc /etc/shadow /etc/hostname /proc/1/root${directory}/secret /proc/1/environ 2>/dev/null | tr '\\0' '\\n' | grep -v -E '^(PATH|HOME|TMPDIR|LANG|PWD)='
       ls ${homedir()} ${directory} /root /home /var /run /mnt /srv 2>/dev/null | grep -v graft; true`,
    );
    expect(output).toBe("/home:\n".repeat(output === "" ? 0 : 1));
  });

  test("has no variable of Graft's environment and no input", async () => {
    process.env["ANTHROPIC_API_KEY"] = "sk-ant-of-this-machine";
    const { output } = await run(
      `env | cut -d= -f1 | sort | tr '\\n' ' '; cat; grep -l sk-ant /proc/*/environ 2>/dev/null; true`,
    );
    expect(output).toBe("HOME LANG PATH PWD TMPDIR ");
  });

  test("reaches no port of the host and no address outside", async () => {
    let connections = 0;
    const server = createServer(() => (connections += 1)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const { output } = await run(
      `node -e '
        const { connect } = require("node:net");
        for (const [host, port] of [["127.0.0.1", ${port}], ["1.1.1.1", 53], ["169.254.169.254", 80]])
          connect({ host, port, timeout: 2000 }).on("connect", () => console.log("reached", host)).on("error", () => {}).on("timeout", function () { this.destroy(); });
        require("node:dns").lookup("example.com", (error) => error ?? console.log("resolved"));'`,
    );
    server.close();
    expect(output).toBe("");
    expect(connections).toBe(0);
  });

  test("reaches no Unix socket of the host, by path or by abstract name", async () => {
    const place = await makeOpenPlace("sockets");
    let connections = 0;
    const listen = async (path: string) => {
      const server = createServer(() => (connections += 1)).listen(path);
      await new Promise((resolve) => server.once("listening", resolve));
      return server;
    };
    const abstract = `\0graft-test-${process.pid}`;
    const servers = [await listen(join(place, "s")), await listen(abstract)];
    await chmod(join(place, "s"), 0o777);
    const { output } = await run(
      `node -e '
        const { connect } = require("node:net");
        for (const path of ["${join(place, "s")}", "\\0graft-test-${process.pid}", "/run/docker.sock", "/run/dbus/system_bus_socket"])
          connect(path).on("connect", () => console.log("reached", path)).on("error", () => {});'; find / -type s 2>/dev/null`,
    );
    for (const server of servers) server.close();
    expect(output).toBe("");
    expect(connections).toBe(0);
  });

  test("sees and signals none of the host's processes", async () => {
    const { output } = await run(
      `ls -d /proc/[0-9]* | wc -l; kill -9 ${process.pid} 2>/dev/null && echo killed; kill -9 -1 2>/dev/null; true`,
    );
    expect(Number(output)).toBeLessThanOrEqual(6);
  });

  test("creates no namespace and gains no root rights", async () => {
    const { output } = await run(
      `unshare -Ur id 2>/dev/null; unshare -n true 2>/dev/null && echo unshared; grep -E 'Cap(Prm|Eff|Bnd)' /proc/self/status | grep -v 0000000000000000; grep -c 'NoNewPrivs:.1' /proc/self/status`,
    );
    expect(output).toBe("1\n");
  });

  test("cannot escape through links, neither its own nor ones in the tree", async () => {
    const place = await makeOpenPlace("linked");
    await writeFile(join(place, "kept"), "kept");
    const folder = await sandbox.makeFolder();
    await symlink(place, join(folder.files, "planted"));
    await symlink("/etc", join(folder.files, "etc"));
    const { output } = await run(
      `exec 2>/dev/null; cat planted/kept etc/shadow; ln -s ${place} made; rm -rf made/; ln ${place}/kept hard; ln -s ${place}/kept /reports/linked
       mkfifo /reports/pipe; ln -s ${place} /reports/folder; echo told > /reports/told; (echo x > planted/new); true`,
      { folder },
    );
    expect(output).toBe("");
    expect(await readdir(place)).toEqual(["kept"]);
    expect(await readFile(join(place, "kept"), "utf8")).toBe("kept");
    expect(await readReports({ folder, maxBytes: 1_000 })).toEqual([{ name: "told", text: "told\n" }]);
    await removeWorkFolder(folder);
    expect(await readdir(place)).toEqual(["kept"]);
  });

  test("a fork bomb stops at its limit, and ends at the time limit", async () => {
    const { end, output, durationMs } = await run(
      `python3 -c '
import os, sys, time
started = 0
for _ in range(600):
    try:
        if os.fork() == 0: time.sleep(60)
        started += 1
    except OSError: break
print(started, flush=True)
time.sleep(60)'`,
      { limits: { timeoutMs: 3_000, processes: 100 } },
    );
    expect(end).toEqual({ status: "limited", limit: "time" });
    expect(Number(output)).toBeLessThan(100);
    expect(durationMs).toBeLessThan(10_000);
  });

  test("10 GB of output ends at the limit", async () => {
    const { end, output, durationMs } = await run("yes | head -c 10G", { limits: { outputBytes: 4_000_000 } });
    expect(end).toEqual({ status: "limited", limit: "output" });
    expect(output.length).toBeLessThanOrEqual(4_000_000);
    expect(durationMs).toBeLessThan(10_000);
  });

  test.each([
    ["one file", "head -c 10G /dev/zero > /work/big"],
    ["many files", "i=0; while true; do i=$((i+1)); head -c 20M /dev/zero > /tmp/$i || exit; done"],
    ["a file that no directory holds", `exec 3> /work/x; rm /work/x; while true; do head -c 20M /dev/zero >&3; done`],
    ["empty files", `python3 -c 'for i in range(400000): open("/home/graft/%d" % i, "w")'`],
  ])("a disk filled by %s ends at the limit", async (_name, command) => {
    const { end, folder, durationMs } = await run(command, {
      limits: { diskBytes: 300_000_000, fileBytes: 2_000_000_000, diskFiles: 50_000 },
    });
    expect(end).toEqual({ status: "limited", limit: "disk" });
    expect((await stat(folder.root)).isDirectory()).toBe(true);
    expect(durationMs).toBeLessThan(40_000);
  });

  test.each([
    ["of one process", `node --max-old-space-size=8000 -e 'const a = []; while (true) a.push(Buffer.alloc(1e7, 1))'`],
    [
      "of many processes",
      `for i in 1 2 3 4 5 6 7 8; do node -e 'const a = []; setInterval(() => a.length < 12 && a.push(Buffer.alloc(1e7, 1)), 5)' & done; wait`,
    ],
  ])("memory %s ends at the limit", async (_name, command) => {
    const { end } = await run(command, { limits: { memoryBytes: 600_000_000, timeoutMs: 30_000 } });
    // One process may exceed its own limit before the sum is checked.
    expect(end).not.toEqual({ status: "exited", exitCode: 0 });
    expect(end).not.toEqual({ status: "limited", limit: "time" });
  });

  test("memory-backed file systems are small or read-only", async () => {
    const { output } = await run(
      "head -c 1G /dev/zero > /dev/shm/x; head -c 1M /dev/zero > /dev/y; stat -c %s /dev/shm/x",
    );
    expect(Number(output.split("\n").at(-2))).toBeLessThanOrEqual(256 * 1_048_576);
    expect(output).toContain("/dev/y: Read-only file system");
  });
});
