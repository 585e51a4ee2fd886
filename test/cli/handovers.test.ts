import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Bundle } from "../../src/domain/requests/bundle.ts";
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

describe("a handover of no request", () => {
  it("names the requests that it leaves with its author, until they are offered too", async () => {
    const { one, two, id, offer } = await open();
    const line = `Not included: ${id} «Need a UI»: hive handoff session-3 --request ${id}`;
    const fields = { not_included: [{ request_id: id, text: "Need a UI" }] };
    const argv = ["handoff", "session-3", "-m", "The rest"];
    for (const flags of [[], ["--dry-run"]]) {
      expect((await one.print(...argv, ...flags)).trimEnd().split("\n")).toContain(line);
      expect(await one.json(...argv, ...flags)).toMatchObject(fields);
    }
    expect(await one.print("handoff", "--open", "-m", "The rest")).toContain(
      `: hive handoff --open --request ${id}`,
    );
    const more = (await two.print("-q", "request", "session-1", "And tests")).trim();
    await one.print("accept", more);
    const both = (await one.json<{ not_included: { next: string }[] }>(...argv)).not_included;
    expect(both.map(({ next }) => next).sort()).toEqual(
      [id, more].map((each) => `hive handoff session-3 --request ${each}`).sort(),
    );
    await offer("session-3");
    expect(await one.json(...argv)).toMatchObject({ not_included: [{ request_id: more }] });
    for (const each of [id, more]) await one.print("complete", each);
    expect(await one.print(...argv)).not.toContain("Not included");
  });
});

describe("the draft of a handover", () => {
  it("tells what its session did, and the files that changed since it began", async () => {
    const { sandbox, one, two, id } = await open();
    const project = sandbox.folder("project");
    const write = (name: string, at: Date) => {
      writeFileSync(join(project, name), name);
      utimesSync(join(project, name), at, at);
    };
    await sandbox.git(project, "init", "--quiet", "--initial-branch=main");
    sandbox.clock.now -= 3_600_000;
    write("old.go", new Date(sandbox.clock.now));
    write("left.go", new Date(sandbox.clock.now));
    await sandbox.git(project, "add", "old.go");
    await sandbox.git(project, "commit", "--quiet", "-m", "Before");
    sandbox.clock.now += 3_600_000;
    const hub = join(sandbox.directory, "hubs", "hub.git");
    const here = one.with({ directory: project, env: { HIVE_HUB: hub, HIVE_SESSION: "session-1" } });
    const bundle = async (by = here) =>
      (await by.json<{ bundle: Bundle }>("handoff", "session-3", "-m", "On with it", "--dry-run")).bundle;
    await one.print("handoff", "session-3", "-m", "An earlier one");
    const cancelled = (await one.print("-q", "request", "session-2", "No more")).trim();
    await one.print("cancel", cancelled);
    await one.print("complete", id);
    const { done = [], files } = await bundle();
    expect(done.map((each) => each.split(" ")[0])).toEqual(["complete", "accept"]);
    expect(files).toBeUndefined();
    writeFileSync(join(project, "old.go"), "changed");
    await sandbox.git(project, "commit", "--quiet", "--all", "-m", "Since");
    expect(await bundle()).toMatchObject({ done: ["Since", ...done], files: ["old.go"] });
    expect(
      await bundle(two.with({ directory: project, env: { HIVE_HUB: hub, HIVE_SESSION: "ghost" } })),
    ).toEqual({
      branch: "main",
      commit: await sandbox.git(project, "rev-parse", "HEAD"),
    });
  });

  it("of a repository's first commit has only the files that changed since", async () => {
    const { sandbox, one } = await open();
    const project = sandbox.folder("project");
    await sandbox.git(project, "init", "--quiet", "--initial-branch=main");
    for (const [name, at] of [
      ["old.go", 0],
      ["new.go", sandbox.clock.now],
    ] as const) {
      writeFileSync(join(project, name), name);
      utimesSync(join(project, name), new Date(at), new Date(at));
    }
    await sandbox.git(project, "add", ".");
    await sandbox.git(project, "commit", "--quiet", "-m", "First");
    const hub = join(sandbox.directory, "hubs", "hub.git");
    const here = one.with({ directory: project, env: { HIVE_HUB: hub, HIVE_SESSION: "session-1" } });
    expect(await here.json("handoff", "session-3", "-m", "On", "--dry-run")).toMatchObject({
      bundle: { files: ["new.go"] },
    });
  });
});
