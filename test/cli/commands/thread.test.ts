import { describe, expect, it } from "vitest";
import { errorOf } from "../../support/console.ts";
import { threeSessions } from "../../support/three-sessions.ts";

async function open() {
  const scene = await threeSessions();
  const { two } = scene;
  const id = (await two.print("-q", "request", "session-1", "Need a UI", "high")).trim();
  return { ...scene, id };
}

const AT = "2026-01-31T12:00:00Z";

describe("hive thread of a request", () => {
  it("shows who asked, who has it, each step with its time and note, and its handovers", async () => {
    const { one, two, three, id } = await open();
    await one.print("accept", id, "-m", "After lunch");
    const handover = (
      await one.print("-q", "handoff", "session-3", "--request", id, "--next", "npm test")
    ).trim();
    expect(await two.print("thread", id)).toContain(
      [
        `${id} is accepted, with session-1. session-2 asked session-1, high, 0s ago: Need a UI`,
        `  ${AT}  session-2 asked`,
        `  ${AT}  session-1 accepted`,
        "  | After lunch",
        `Handover ${handover} by session-1 to session-3 is pending, 0s ago`,
      ].join("\n"),
    );
    expect(await three.print("thread", handover)).toContain("Next command:\n  | npm test");
    await three.print("accept", handover);
    await three.print("complete", id, "--evidence", "https://example.org/1");
    const shown = await two.print("thread", id.slice(-4));
    expect(shown).toContain(`${id} is completed. session-2 asked session-1, `);
    expect(shown).toContain(`  ${AT}  session-3 took it over from session-1 by ${handover}`);
    expect(shown).toContain(`  ${AT}  session-3 completed`);
    expect(shown).toContain("  Evidence:\n  | https://example.org/1");
    expect(shown).toContain("  | Need a UI");
    expect(await two.json("thread", id)).toMatchObject({
      request: { request_id: id, status: "completed" },
      handovers: [{ request_id: handover, status: "completed" }],
      messages: [{ request_id: id }],
    });
  });

  it("says why a request ended without being done", async () => {
    const { one, two, id } = await open();
    await one.print("decline", id, "-m", "No time");
    expect(await two.print("thread", id)).toContain(`  ${AT}  session-1 declined\n  | No time`);
    const other = (await two.print("-q", "request", "session-1", "Need tests")).trim();
    await two.print("cancel", other, "-m", "Done by hand");
    expect(await one.print("thread", other)).toContain(`  ${AT}  session-2 cancelled\n  | Done by hand`);
  });

  it("shows the state of an archived request too", async () => {
    const { sandbox, one, two, id } = await open();
    await one.print("decline", id);
    const late = two.with({ now: () => sandbox.world().now() + 100 * 86_400_000 });
    await late.print("expire");
    expect(await late.json("thread", id)).toMatchObject({ request: { status: "declined" } });
  });

  it("of a conversation about no request has no state", async () => {
    const { one, two } = await open();
    const { result } = await two.json<{ result: { message: { id: string } } }>("send", "session-1", "Hi");
    expect(await one.json("thread", result.message.id)).not.toHaveProperty("request");
  });

  it("is where status and show with a request lead", async () => {
    const { one, id } = await open();
    for (const word of [id, id.slice(-4)]) {
      const ran = await one.run("--json", "status", word);
      expect(ran.code).toBe(2);
      expect(errorOf(ran).hint).toContain(`hive thread ${word}`);
    }
    expect(errorOf(await one.run("--json", "show", id)).message).toContain("hive thread");
    expect(await one.json("status", "-m", id.slice(-4))).toMatchObject({ landed: true });
    expect(await one.json("status", "Review")).toMatchObject({ landed: true });
  });
});
