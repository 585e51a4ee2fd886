import { describe, expect, it } from "vitest";
import type { HubConnection } from "../../../src/mcp/connection.ts";
import { inbox, readInbox } from "../../../src/mcp/tools/inbox.ts";
import { openConnections } from "../../support/connection.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

interface Mail {
  readonly unread: number;
  readonly messages: readonly { readonly untrusted_text: string; readonly cut?: string }[];
  readonly requests: readonly { readonly request_id: string; readonly untrusted_text: string }[];
  readonly asked: readonly { readonly status: string; readonly evidence?: string }[];
  readonly unanswered: readonly { readonly untrusted_text: string }[];
  readonly more?: Readonly<Record<string, unknown>>;
}

const call = async (connection: HubConnection) => (await inbox.run(connection, {})) as Mail;
const texts = ({ messages }: Mail) => messages.map(({ untrusted_text }) => untrusted_text);

describe("the inbox of a model", () => {
  it("shows each message once, and a request until it is answered", async () => {
    const { one, two } = await openConnections(openSandbox());
    const id = (await one.console.print("-q", "request", "session-2", "Help")).trim();
    await one.console.print("broadcast", "Hello");
    const first = await call(two.connection);
    expect(first).toMatchObject({ unread: 2, requests: [{ request_id: id, untrusted_text: "Help" }] });
    expect(texts(first)).toEqual(["Hello"]);
    expect(await call(two.connection)).toMatchObject({
      unread: 0,
      requests: [{ request_id: id }],
      messages: [],
    });
    expect(await two.console.print("statusline")).toBe("hive 2●\n");
    await two.console.print("accept", id);
    await two.console.print("complete", id, "--evidence", "https://example.org/1");
    expect(await call(two.connection)).toMatchObject({ requests: [] });
    expect(await call(one.connection)).toMatchObject({
      asked: [{ status: "completed", evidence: "https://example.org/1" }],
    });
  });

  it("marks nothing as read when it is read as a resource", async () => {
    const { one, two } = await openConnections(openSandbox());
    await one.console.print("broadcast", "Hello");
    for (let time = 0; time < 2; time++)
      expect(texts((await readInbox(two.connection, false)) as Mail)).toEqual(["Hello"]);
    expect(texts(await call(two.connection))).toEqual(["Hello"]);
  });

  it("keeps to its bytes, counts the rest, and shows it in the next call", async () => {
    const sandbox = openSandbox();
    const { one, two } = await openConnections(sandbox);
    const sent = Array.from({ length: 12 }, (_, index) => `${index} ${"é".repeat(300)}`);
    for (const text of sent) {
      sandbox.clock.now += 1000;
      await one.console.print("send", "session-2", text);
    }
    const seen: string[] = [];
    for (let left = sent.length; left > 0; left = sent.length - seen.length) {
      const page = await call(two.connection);
      expect(page.unread).toBe(left);
      expect(Buffer.byteLength(JSON.stringify(page.messages))).toBeLessThan(4100);
      seen.push(...texts(page));
      const rest = sent.length - seen.length;
      if (rest > 0) expect(page.more).toEqual({ messages: rest, next: expect.stringMatching(/again/) });
      else expect(page.more).toBeUndefined();
    }
    expect(seen).toEqual(sent);
  });

  it("cuts a long text, and names the command that shows all of it", async () => {
    const { one, two } = await openConnections(openSandbox());
    const id = (
      await one.console.print("-q", "send", "session-2", `${"x".repeat(1999)}😀\u202e${"y".repeat(9000)}`)
    ).trim();
    const [message] = (await call(two.connection)).messages;
    expect(message?.untrusted_text).toHaveLength(2000);
    expect(message?.untrusted_text.isWellFormed()).toBe(true);
    expect(message?.cut).toBe(`2000 of 11009 characters; all of it: hive thread ${id}`);
  });

  it("gives requests half of its bytes, and counts the rest", async () => {
    const { one, two } = await openConnections(openSandbox());
    for (let count = 0; count < 9; count++)
      await one.console.print("request", "session-2", `${count} ${"r".repeat(400)}`);
    await one.console.print("broadcast", "Hello");
    const page = await call(two.connection);
    expect(texts(page)).toEqual(["Hello"]);
    expect(page.requests.length).toBeGreaterThan(1);
    expect(page.more).toMatchObject({ requests: 9 - page.requests.length });
  });

  it("still shows a question that was read and has no answer", async () => {
    const { one, two } = await openConnections(openSandbox());
    const id = (await one.console.print("-q", "send", "session-2", "Which port?", "--intent", "ask")).trim();
    expect(await call(two.connection)).toMatchObject({ messages: [{ id, intent: "ask" }], unanswered: [] });
    expect(await call(two.connection)).toMatchObject({
      messages: [],
      unanswered: [{ untrusted_text: "Which port?" }],
    });
    await two.console.print("reply", id, "8005");
    expect(await call(two.connection)).toMatchObject({ unanswered: [] });
  });
});
