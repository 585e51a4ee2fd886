import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PageServer } from "../../../src/cli/serve/page-server.ts";

const acted: string[] = [];
const shown = { page: async () => "<!doctype html>", past: async () => "{}" };
const writing = new PageServer({
  ...shown,
  act: async (line) => ({ done: acted.push(line) > 0, text: "landed" }),
});
const reading = new PageServer(shown);
let url: URL;
let readUrl: URL;

beforeAll(async () => {
  url = new URL(await writing.listen(0));
  readUrl = new URL(await reading.listen(0));
});
afterAll(() => Promise.all([writing.close(), reading.close()]));

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** One request as any program could make it. */
function ask(
  at: URL,
  path: string,
  headers: Record<string, string> = {},
  { method = "GET", body }: { method?: string; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = at;
    const sent = request({ hostname, port, path, method, headers, agent: false }, async (response) =>
      resolve({ status: response.statusCode ?? 0, body: await text(response), headers: response.headers }),
    );
    sent.once("error", reject).end(body);
  });
}

const json = { "content-type": "application/json" };
const act = (headers: Record<string, string>, at = url) =>
  ask(at, `${at.pathname}act`, headers, { method: "POST", body: JSON.stringify({ line: "hive reply" }) });

describe("the server of the page", () => {
  it("listens on this machine alone, and serves the page, the past and nothing else", async () => {
    expect(url.hostname).toBe("127.0.0.1");
    expect(await ask(url, url.pathname)).toMatchObject({ status: 200, body: "<!doctype html>" });
    expect(await ask(url, `${url.pathname}past`)).toMatchObject({ status: 200, body: "{}" });
    for (const path of ["state", "../..", "act", "past/more", "%2e%2e/etc/passwd"])
      expect([404, 200]).toContain((await ask(url, url.pathname + path)).status);
    expect((await ask(url, `${url.pathname}act`)).status).toBe(404);
  });

  it("keeps its answers out of caches, frames and other sites", async () => {
    const { headers } = await ask(url, url.pathname);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": "frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });

  it.each<[string, () => Promise<Answer>, number]>([
    ["no token", () => ask(url, "/"), 404],
    ["a wrong token", () => ask(url, `/${"x".repeat(32)}/`), 404],
    ["a part of the token", () => ask(url, `${url.pathname.slice(0, -3)}/`), 404],
    ["the token of another server", () => ask(url, readUrl.pathname), 404],
    ["the name of another site", () => ask(url, url.pathname, { host: "evil.example:80" }), 421],
    ["this address with another port", () => ask(url, url.pathname, { host: "127.0.0.1:1" }), 421],
    ["another origin", () => ask(url, url.pathname, { origin: "https://evil.example" }), 403],
    ["no origin at all", () => ask(url, url.pathname, { origin: "null" }), 403],
    ["a request from another site", () => ask(url, url.pathname, { "sec-fetch-site": "cross-site" }), 403],
    ["a form of another site", () => act({ ...json, origin: "https://evil.example" }), 403],
    ["an act that shows no origin", () => act(json), 403],
    ["an act of a user's own doing", () => act({ ...json, "sec-fetch-site": "none" }), 403],
    ["an act as a form", () => act({ "content-type": "text/plain", origin: url.origin }), 403],
    ["a method that it does not know", () => ask(url, url.pathname, {}, { method: "DELETE" }), 403],
    ["an act where it only shows", () => act({ ...json, origin: readUrl.origin }, readUrl), 404],
  ])("refuses %s", async (_, asked, status) => {
    acted.length = 0;
    expect((await asked()).status).toBe(status);
    expect(acted).toEqual([]);
  });

  it("lets its own page act, by either name of this machine", async () => {
    acted.length = 0;
    expect(await act({ ...json, origin: url.origin })).toMatchObject({
      status: 200,
      body: '{"done":true,"text":"landed"}',
    });
    const local = `localhost:${url.port}`;
    expect((await act({ ...json, host: local, origin: `http://${local}` })).status).toBe(200);
    expect((await act({ ...json, "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect(acted).toEqual(["hive reply", "hive reply", "hive reply"]);
  });

  it("answers a line that is too long, or no JSON, without doing anything", async () => {
    acted.length = 0;
    const post = (body: string) =>
      ask(url, `${url.pathname}act`, { ...json, origin: url.origin }, { method: "POST", body });
    expect((await post(JSON.stringify({ line: "x".repeat(70_000) }))).body).toContain('"done":false');
    expect((await post("{")).status).toBe(500);
    expect(acted).toEqual([]);
  });

  it("sends each new state to the pages that listen, and the last one to a page that comes later", async () => {
    /** What a page is sent until it has so many events; `atFirst` runs when it has the first. */
    const events = (count: number, atFirst = () => undefined as unknown) =>
      new Promise<string>((resolve) => {
        const { hostname, port, pathname } = url;
        const asked = request({ hostname, port, path: `${pathname}events`, agent: false }, (response) => {
          let got = "";
          response
            .on("error", () => undefined)
            .on("data", (chunk: Buffer) => {
              const before = got.split("event: ").length;
              got += chunk.toString();
              if (before === 1 && got.includes("event: ")) atFirst();
              if (got.split("event: ").length <= count) return;
              asked.destroy();
              resolve(got);
            });
        });
        asked.on("error", () => undefined).end();
      });
    writing.push("state", "1");
    expect(await events(1)).toContain("event: state\ndata: 1\n\n");
    const two = await events(2, () => writing.push("state", "2"));
    expect(two).toContain("data: 1\n\nevent: state\ndata: 2\n\n");
  });

  it("says that a port is taken, and what to do", async () => {
    await expect(new PageServer(shown).listen(Number(url.port))).rejects.toMatchObject({
      code: "port_taken",
      message: `Port ${url.port} cannot be used: another program uses it.`,
    });
  });
});
