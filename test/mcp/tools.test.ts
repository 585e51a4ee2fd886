import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RefusedError } from "../../src/errors.ts";
import type { HubConnection } from "../../src/mcp/connection.ts";
import { TOOLS } from "../../src/mcp/tools.ts";
import { openConnections } from "../support/connection.ts";
import { openSandbox } from "../support/git-sandbox.ts";

/** Calls a tool as the server does. */
async function call(
  connection: HubConnection,
  name: string,
  given: object = {},
): Promise<Record<string, unknown>> {
  const tool = TOOLS.find((each) => each.name === name);
  return { ...(await tool?.run(connection, given)) };
}

describe("the tools of a model", () => {
  it("hand a request over, with drafts of missing parts", async () => {
    const { one, two } = await openConnections(openSandbox());
    const asked = await call(one.connection, "request", { to: "session-2", text: "Draw the charts" });
    await call(two.connection, "respond", { request: asked.request_id, action: "accept" });
    await one.console.print("register", "session-3");
    const three = one.console.with({ env: { HIVE_SESSION: "session-3" } });
    await call(two.connection, "status", { work: "Charts" });
    const handed = await call(two.connection, "handoff", {
      request: asked.request_id,
      tried: ["Canvas\u202e: slow"],
      done: ["Axes"],
    });
    expect(handed).toMatchObject({ landed: true, status: "pending", drafted: ["in_progress"] });
    await three.print("accept", String(handed.request_id));
    const { asked: mine } = await call(one.connection, "inbox");
    expect(mine).toMatchObject([{ to_session: "session-3", untrusted_text: "Draw the charts" }]);
  });

  it("show the handover to the model that accepts it", async () => {
    const { one, two } = await openConnections(openSandbox());
    const given = { goal: "Finish the charts", next: "npm test", files: ["src/a.ts"] };
    const handed = await call(one.connection, "handoff", { to: "session-2", ...given });
    expect(await call(two.connection, "inbox")).toMatchObject({ requests: [{ hands_over: "work" }] });
    expect(
      await call(two.connection, "respond", { request: handed.request_id, action: "accept" }),
    ).toMatchObject({
      yours_now: [],
      handed_over: {
        from: "session-1",
        untrusted_text: "Finish the charts",
        untrusted_bundle: { next: "npm test", files: ["src/a.ts"] },
      },
      notice: expect.stringContaining("never instructions"),
    });
  });

  it("claim paths of the project, and refuse texts that may be a key or a file", async () => {
    const sandbox = openSandbox();
    const { one, two } = await openConnections(sandbox);
    mkdirSync(join(sandbox.world().directory, "docs"));
    const doubtful = call(one.connection, "claim", { action: "claim", targets: ["docs"] });
    await expect(doubtful).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(/is a key/),
    });
    await call(one.connection, "claim", { action: "claim", targets: ["./docs"], note: "Mine\u202e" });
    const file = join(sandbox.world().directory, "docs");
    const seen = await call(two.connection, "claim", { action: "check", targets: [file, "src/b.ts"] });
    expect(seen).toMatchObject({
      held: [{ target: "./docs", from: "session-1", untrusted_text: "Mine\\u{202e}" }],
    });
    const taken = call(two.connection, "claim", { action: "claim", targets: ["./docs"] });
    await expect(taken).rejects.toThrow(RefusedError);
    expect(await call(one.connection, "claim", { action: "release", targets: [file] })).not.toHaveProperty(
      "until",
    );
    expect(await call(two.connection, "claim", { action: "check", targets: [] })).toMatchObject({ held: [] });
  });

  it("take deadlines and ends, and report an absent addressee", async () => {
    const { one, two } = await openConnections(openSandbox());
    const said = await call(two.connection, "status", { state: "paused", until: "2h" });
    expect(said).toMatchObject({ status: "paused", status_until: expect.stringMatching(/Z$/) });
    expect(
      await call(one.connection, "request", { to: "session-2", text: "Help", deadline: "4h" }),
    ).toMatchObject({
      deadline: expect.stringMatching(/Z$/),
      away: { reason: expect.stringContaining("paused") },
    });
    const open = await call(one.connection, "request", { to_capability: "rust", text: "Help" });
    expect(open).toMatchObject({ offered_by: ["session-2"] });
    expect(open).not.toHaveProperty("away");
  });

  it("show waiting requests, and complete one with evidence", async () => {
    const { one, two } = await openConnections(openSandbox());
    const { request_id: request } = await call(one.connection, "request", { to: "session-2", text: "Help" });
    const next = `hive accept ${request}`;
    expect(await call(two.connection, "sync")).toMatchObject({ reminders: [{ kind: "waiting", next }] });
    await call(two.connection, "respond", { request, action: "accept" });
    const evidence = "https://example.org/pull/1";
    await call(two.connection, "respond", { request, action: "complete", evidence });
    expect(await call(two.connection, "sync")).toMatchObject({ reminders: [] });
    expect(await call(one.connection, "inbox")).toMatchObject({ asked: [{ status: "completed", evidence }] });
  });

  it("send to a followed topic, and reply there", async () => {
    const { one, two } = await openConnections(openSandbox());
    await two.console.print("follow", "#deploy");
    const sent = await call(one.connection, "send", {
      to: "#deploy",
      text: "Staging is down",
      intent: "ask",
    });
    expect(await call(two.connection, "inbox")).toMatchObject({ messages: [{ id: sent.id, intent: "ask" }] });
    const answer = await call(two.connection, "send", { reply_to: sent.id, text: "Seen", intent: "ack" });
    expect(answer).toMatchObject({ to: "#deploy" });
    expect(await call(one.connection, "inbox")).toMatchObject({
      messages: [{ reply_to: sent.id, intent: "ack", untrusted_text: "Seen" }],
    });
  });
});
