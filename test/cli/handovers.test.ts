import { describe, expect, it } from "vitest";
import { type Console, errorOf } from "../support/console.ts";
import { threeSessions } from "../support/three-sessions.ts";

/** session-1 has accepted a request of session-2; session-3 is there too. */
async function open() {
  const scene = await threeSessions();
  const { one, two } = scene;
  const id = (await two.print("-q", "request", "session-1", "Need a UI")).trim();
  await one.print("accept", id);
  const offer = async (...to: string[]) => (await one.print("-q", "handoff", ...to, "--request", id)).trim();
  return { ...scene, id, offer };
}

interface Inbox {
  requests: { request_id: string }[];
  messages: unknown[];
  asked: { request_id: string }[];
}

const shown = async (who: Console) => {
  const { requests, messages, asked } = await who.json<Inbox>("inbox");
  return {
    requests: requests.map((each) => each.request_id),
    messages: messages.length,
    asked: asked.length,
  };
};

describe("an open handover", () => {
  it.each([
    ["completed", "session-1", ["complete"]],
    ["cancelled", "session-2", ["cancel"]],
    ["taken back", "session-2", ["reclaim", "--force"]],
  ])("waits for nobody once its request is %s", async (_, by, [move = "", ...flags]) => {
    const { one, three, id, offer } = await open();
    const handover = await offer("session-3");
    expect(await shown(three)).toMatchObject({ requests: [handover], messages: 0 });
    await one.print("--as", by, move, id, ...flags);
    expect((await shown(three)).requests).not.toContain(handover);
    expect((await shown(three)).messages).toBe(0);
    expect((await shown(one)).asked).toBe(0);
    expect(await one.json("sync")).not.toMatchObject({ reminders: [{ request_id: handover }] });
    expect(errorOf(await three.run("--json", "accept", handover)).code).toBe("handoff_void");
    expect((await three.run("accept")).err).not.toContain(handover);
  });

  it("is not offered to the session that made the request", async () => {
    const { two, three, offer } = await open();
    const handover = await offer("--open");
    expect(await shown(two)).toMatchObject({ requests: [] });
    expect(await shown(three)).toMatchObject({ requests: [handover] });
  });

  it("is the only one of its request, until it is taken back", async () => {
    const { one, id, offer } = await open();
    const handover = await offer("session-3");
    const again = await one.run("--json", "handoff", "--open", "--request", id);
    expect(again.code).toBe(3);
    expect(errorOf(again)).toEqual({
      code: "already_offered",
      message: `${id} is offered already: ${handover}, to session-3.`,
      hint: `To offer it anew, take that back first: hive cancel ${handover}`,
    });
    await one.print("cancel", handover);
    await offer("--open");
  });

  it("is refused in words that say who has the request", async () => {
    const { one, three, id } = await open();
    const held = await three.run("--json", "handoff", "session-1", "--request", id);
    expect(errorOf(held).message).toBe(`session-3 cannot hand over ${id}: session-1 holds it.`);
    await one.print("complete", id);
    const ended = await one.run("--json", "handoff", "session-3", "--request", id);
    expect(errorOf(ended).message).toBe(`session-1 cannot hand over ${id}: it is completed.`);
  });
});
