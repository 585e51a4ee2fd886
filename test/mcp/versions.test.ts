import { expect, it } from "vitest";
import { openWire } from "../support/mcp-wire.ts";

const PUBLISHED = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
const NEWEST = "2026-07-28";

const line = (message: object) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;
const initialized = line({ method: "notifications/initialized" });

it.each(PUBLISHED)("a client that greets with %s is served in that version", async (version) => {
  const { greeting, answersTo, answerTo } = openWire(version);
  expect((await greeting).result).toMatchObject({
    protocolVersion: version,
    serverInfo: { name: "git-hive" },
  });
  const call = { name: "sync", arguments: {} };
  await answersTo(initialized, line({ id: 1, method: "tools/list" }));
  await answersTo(line({ id: 2, method: "tools/call", params: call }));
  expect((await answerTo(1)).result).toMatchObject({ tools: { length: 9 } });
  expect((await answerTo(2)).result).toMatchObject({ isError: true });
});

it.each(["1999-01-01", "2999-01-01", NEWEST, ""])(
  "a client that greets with %j, which has no greeting or is unknown, is offered the newest version with one",
  async (version) => {
    const { greeting } = openWire(version);
    expect((await greeting).result).toMatchObject({ protocolVersion: PUBLISHED.at(-1) });
  },
);

it.each(PUBLISHED)("a batch is refused by %s, and the server goes on", async (version) => {
  const { answersTo, greeting } = openWire(version);
  await greeting;
  const batch = [1, 2].map((id) => ({ jsonrpc: "2.0", id, method: "ping" }));
  expect(await answersTo(initialized, `${JSON.stringify(batch)}\n`)).toMatchObject([
    { id: null, error: { code: -32600, message: expect.stringContaining("one object a line") } },
  ]);
});
