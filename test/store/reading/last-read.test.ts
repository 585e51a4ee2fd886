import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import type { Part } from "../../../src/domain/snapshot.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";
import { unpack } from "../../support/loose-objects.ts";

const PARTS: Part[] = [
  "settings",
  "taxonomy",
  "registry",
  "sessions",
  "heartbeats",
  "collaborations",
  "archived",
  "archivedLately",
  "messages",
];

const ONE = sessionId("session-1");
const TWO = sessionId("session-2");

/** Every kind of write of a session, in an order in which all of them land. */
const WRITES: ((hive: Hive) => Promise<unknown>)[] = [
  (hive) =>
    hive.submit(
      "register",
      { name: "One", skills: ["ui", "react"], work: "\u2028 \u00e4 \ud83d\ude00" },
      ONE,
    ),
  (hive) => hive.submit("heartbeat", { work: "Something new", status: "idle" }, ONE),
  (hive) => hive.submit("broadcast", { text: 'Quotes " and \\ and\nlines\n---\n', priority: "urgent" }, ONE),
  (hive) => hive.submit("request", { to: TWO, text: "Help", urgency: "high" }, ONE),
  (hive) => hive.submit("accept", { request: "collab-1", note: "Soon" }, TWO),
  (hive) => hive.submit("complete", { request: "collab-1" }, TWO),
  (hive) => hive.submit("register", { role: "Second time" }, TWO),
];

describe("a host's cache of its own writes", () => {
  it.each(["path", "remote"])(
    "equals what another host reads, after each of them, on a hub by %s",
    async (kind) => {
      const sandbox = openSandbox();
      const hub = await hubWith(sandbox, ONE, TWO);
      const address = kind === "path" ? hub : `file://${hub}`;
      const writer = await sandbox.hive(address, sandbox.host("writer"));
      await writer.read(PARTS);
      for (const [index, write] of WRITES.entries()) {
        sandbox.clock.now += 120_000;
        await write(writer);
        const stranger = await sandbox.hive(address, sandbox.host(`stranger-${index}`));
        const [kept, read] = [await writer.read(PARTS), await stranger.read(PARTS)];
        expect(read.findings).toEqual([]);
        expect(kept).toEqual(read);
      }
    },
  );

  it("is not updated when another host wrote in between", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE, TWO);
    const writer = await sandbox.hive(hub, sandbox.host("writer"));
    const other = await sandbox.hive(hub, sandbox.host("other"));
    for (const [index, hive] of [writer, other, writer, other, writer].entries())
      await hive.submit(
        "broadcast",
        { text: `Text ${index}`, priority: "normal" },
        index % 2 === 0 ? ONE : TWO,
      );
    const { state } = await writer.read(["messages"]);
    expect(state.messages.map(({ body }) => body).sort()).toEqual([0, 1, 2, 3, 4].map((n) => `Text ${n}`));
  });
});

describe("a repository with many loose objects", () => {
  it("is packed by git from time to time, and nothing is lost", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    await sandbox.git(hub, "config", "gc.autoDetach", "false");
    await unpack(sandbox, hub);
    // git guesses the number of loose objects from one of their 256 folders.
    for (let n = 0; n < 40; n++)
      writeFileSync(
        join(sandbox.folder("hubs", hub.split("/").at(-1) ?? "", "objects", "17"), looseName(n)),
        "",
      );
    const hive = await sandbox.hive(hub, sandbox.host("a", { random: () => 0 }));
    await hive.submit("broadcast", { text: "Hello", priority: "normal" }, ONE);
    expect(await sandbox.git(hub, "count-objects", "-v")).toMatch(/^count: 40$/m);
    expect((await hive.read(["messages"])).state.messages).toHaveLength(1);
  });
});

function looseName(n: number): string {
  return n.toString(16).padStart(38, "0");
}
