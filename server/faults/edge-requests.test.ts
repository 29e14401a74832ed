import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { takeSnapshot } from "./check-invariants.ts";
import { listApiAddresses, listPageAddresses, listProcedures } from "./edge/list-addresses.ts";
import { sendRaw, type RawResponse } from "./edge/raw-request.ts";
import { FaultHost } from "./process/fault-host.ts";

/** Stored everywhere, so that a response that contains it leaked something. */
const canary = "canary-7f3a9c";
const staticDir = fileURLToPath(new URL("../../.next/static", import.meta.url));
const inFlight = 16;

let host: FaultHost;
let baseUrl = "";
let ownHost = "";

beforeAll(async () => {
  host = await FaultHost.start();
  ({ baseUrl } = await host.startWeb());
  ownHost = new URL(baseUrl).host;
  const archive = await buildArchive({ "a.txt": `${canary}\n` });
  await importArchive({ container: host.container, ownerId: "local", name: canary, archive });
});

afterAll(() => host.stop());

type Sent = { target: string; method?: string; headers: Record<string, string>; body?: string };

async function sendAll<Each extends Sent>(requests: readonly Each[]): Promise<{ sent: Each; response: RawResponse }[]> {
  const answers: { sent: Each; response: RawResponse }[] = [];
  const waiting = [...requests];
  const work = async () => {
    for (let sent = waiting.shift(); sent !== undefined; sent = waiting.shift())
      answers.push({ sent, response: await sendRaw({ baseUrl, ...sent }) });
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return answers;
}

/** One line per wrong response; the first few are enough. */
function describeFaults(answers: readonly { sent: Sent; response: RawResponse }[]): string[] {
  return answers.map(
    ({ sent, response }) =>
      `${sent.method ?? "GET"} ${sent.target} ${JSON.stringify(sent.headers)}: ${response.status} ${response.headers["content-type"] ?? ""} ${response.body.slice(0, 80)}`,
  );
}

function listStaticFiles(): string[] {
  return readdirSync(staticDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => encodeURI(`/_next/static${`${entry.parentPath}/${entry.name}`.slice(staticDir.length)}`));
}

/** Spellings that a prefix check, a suffix check, a decoder or a normaliser may take for another address. */
function spell(address: string): string[] {
  const name = address.slice(1);
  return [
    address,
    `${address}x`,
    `${address}/`,
    `${address}/x`,
    `${address}//x`,
    `${address}/%ff`,
    `${address}/a%00b`,
    `${address}.rsc`,
    `${address}.json`,
    `${address}.txt`,
    `${address}?_rsc=1`,
    `${address}%20`,
    `${address}%2f`,
    `${address};x`,
    `//${name}`,
    `/./${name}`,
    `/x/../${name}`,
    `/x/..%2f${name}`,
    `/\\${name}`,
    `/${name.toUpperCase()}`,
    `/%${name.charCodeAt(0).toString(16)}${name.slice(1)}`,
    `/_next/data/build/${name}.json`,
  ];
}

const noAddresses = [
  "/api",
  "/api/nope",
  "/api/trpc",
  "/api/trpc/nope.nope",
  "/api/projects",
  "/api/health/x",
  "/api/generations/x",
  "/_next",
  "/_next/static",
  "/_next/static/chunks",
  "/_next/image",
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/favicon.ico",
  "/icon.svg",
  "/icon.png",
  "/robots.txt",
  "/sitemap.xml",
  "/manifest.webmanifest",
  "/index",
  "/404",
  "/500",
  "/_error",
  "/_not-found",
  "/_global-error",
  "/nope",
  "/p/nope",
];

/** Addresses in their normal form, and each in all spellings. */
async function listAddresses(): Promise<{ plain: string[]; spelled: string[] }> {
  const api = (await listApiAddresses()).map(({ target }) => target);
  const procedures = listProcedures().map(({ name }) => `/api/trpc/${name}`);
  const plain = [...listPageAddresses(), ...api, ...procedures, ...noAddresses];
  return { plain, spelled: [...new Set(plain.flatMap(spell))] };
}

const isData = ({ headers, body }: RawResponse) =>
  /html|json|event-stream|x-component|zip/.test(headers["content-type"] ?? "") || body.includes(canary);

describe("every address", () => {
  test("refuses a foreign host and a foreign origin, except for exact static files", async () => {
    const { plain, spelled } = await listAddresses();
    const foreign: Record<string, string>[] = [
      { host: "evil.example" },
      { host: ownHost, origin: "http://evil.example" },
      { host: `evil.example:${new URL(baseUrl).port}` },
      { host: ownHost, origin: "null", "x-nonce": "x", rsc: "1" },
      { host: "evil.example", "sec-fetch-site": "same-origin", "x-middleware-subrequest": "proxy:proxy:proxy" },
      { host: "evil.example", "x-forwarded-host": ownHost },
    ];
    const answers = await sendAll([
      ...spelled.flatMap((target) => foreign.slice(0, 2).map((headers) => ({ target, headers }))),
      ...plain.flatMap((target) => foreign.slice(2).map((headers) => ({ target, headers }))),
    ]);
    const open = answers.filter(
      ({ response }) => response.body.includes(canary) || (isData(response) && response.status !== 403),
    );
    const refused = answers.filter(({ response }) => response.status === 403).length;
    console.log(
      `addresses: ${spelled.length}, foreign requests ${answers.length}: ${refused} refused, ${answers.length - refused - open.length} without data, ${open.length} with data`,
    );
    expect(describeFaults(open).slice(0, 10)).toEqual([]);
  });

  test("is never framed, and its type never sniffed", async () => {
    // The routes of the API share one handler, so other spellings of theirs would only repeat it.
    const { plain, spelled } = await listAddresses();
    const targets = [...plain, ...spelled.filter((address) => !address.startsWith("/api/")), ...listStaticFiles()];
    const answers = await sendAll(targets.map((target) => ({ target, headers: { host: ownHost } })));
    const html = answers.filter(({ response }) => response.headers["content-type"]?.includes("html"));
    const unframed = html.filter(
      ({ response: { headers } }) =>
        // With two policies both would apply, and the one of plain responses blocks all pages.
        !/^default-src 'self'; script-src 'self' 'nonce-[^,]*frame-ancestors 'none'$/.test(
          headers["content-security-policy"] ?? "",
        ) || headers["x-frame-options"] !== "DENY",
    );
    // A redirect by Next itself has only the address as its body, and no headers.
    const guessed = answers.filter(
      ({ response: { status, headers } }) =>
        status !== 308 &&
        (headers["content-security-policy"]?.includes("frame-ancestors 'none'") !== true ||
          headers["x-content-type-options"] !== "nosniff" ||
          headers["cross-origin-resource-policy"] !== "same-origin"),
    );
    console.log(`addresses: ${answers.length} answers, ${html.length} pages`);
    expect(html.length).toBeGreaterThan(100);
    expect(describeFaults(unframed).slice(0, 10)).toEqual([]);
    expect(describeFaults(guessed).slice(0, 10)).toEqual([]);
  });

  test("that cannot be decoded is a JSON 400 with a code", async () => {
    const targets = ["/%ff", "/api/%ff", "/api/generations/%e0%a4/archive.zip", "/p/%", "/_next/static/%zz"];
    const answers = await sendAll(targets.map((target) => ({ target, headers: { host: ownHost } })));
    const other = answers.filter(
      ({ response }) => response.status !== 400 || !response.body.startsWith('{"error":{"code":"INVALID_INPUT"'),
    );
    expect(describeFaults(other)).toEqual([]);
  });

  test("of the API that does not exist is a JSON 404 with a code", async () => {
    const targets = noAddresses.filter((address) => /^\/api(\/|$)/.test(address) && !address.includes("/trpc/"));
    const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    const answers = await sendAll(
      targets.flatMap((target) => methods.map((method) => ({ target, method, headers: { host: ownHost } }))),
    );
    const other = answers.filter(
      ({ response }) => response.status !== 404 || !response.body.startsWith('{"error":{"code":"ADDRESS_NOT_FOUND"'),
    );
    expect(describeFaults(other)).toEqual([]);
  });
});

describe("a forged request", () => {
  test("changes nothing, whatever it calls and whatever its headers are", async () => {
    const calls = [
      ...listProcedures().flatMap(({ name, type }) => (type === "mutation" ? [`/api/trpc/${name}`] : [])),
      ...(await listApiAddresses()).flatMap(({ target, methods }) => (methods.includes("POST") ? [target] : [])),
    ];
    const site = { host: ownHost, origin: "http://evil.example", "sec-fetch-site": "cross-site" };
    const origins: Record<string, string>[] = [
      site,
      { ...site, origin: "null" },
      { ...site, origin: `http://${ownHost}.evil.example` },
      { ...site, origin: "http://127.0.0.1:1" },
      { ...site, origin: `https://${ownHost}` },
      { host: ownHost, "sec-fetch-site": "cross-site" },
      { host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" },
      { host: "evil.example" },
    ];
    const bodies = [
      { type: "text/plain", body: '{"prompt":"x"}' },
      { type: "application/x-www-form-urlencoded", body: "prompt=x" },
      {
        type: "multipart/form-data; boundary=x",
        body: '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n{}\r\n--x--',
      },
      { type: "application/json", body: '{"prompt":"x"}' },
    ];
    const before = await takeState();
    const answers = await sendAll(
      calls.flatMap((target) =>
        origins.flatMap((headers) =>
          bodies.map(({ type, body }) => ({
            target,
            method: "POST",
            headers: { ...headers, "content-type": type },
            body,
          })),
        ),
      ),
    );
    const accepted = answers.filter(({ response }) => response.status !== 403);
    console.log(
      `forged requests: ${answers.length} to ${calls.length} addresses, refused ${answers.length - accepted.length}`,
    );
    expect(describeFaults(accepted).slice(0, 10)).toEqual([]);
    expect(await takeState()).toEqual(before);
  });
});

async function takeState() {
  const { prisma } = host.container.database;
  return {
    generations: await takeSnapshot(host.container),
    projects: await prisma.project.findMany({ orderBy: { id: "asc" } }),
    runs: await prisma.run.count(),
    comments: await prisma.reviewComment.count(),
    viewed: await prisma.viewedFile.count(),
    limits: await prisma.spendingLimit.count(),
  };
}

test("the server keeps an unused connection longer than a proxy does", async () => {
  const { headers } = await sendRaw({ baseUrl, target: "/api/health", headers: { connection: "keep-alive" } });
  const [, seconds] = /timeout=(\d+)/.exec(headers["keep-alive"] ?? "") ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});
