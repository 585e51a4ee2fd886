import { describe, expect, it } from "vitest";
import type { CallInput, Outcome } from "./call.ts";
import { openPair, useProgram } from "./open-chaos.ts";
import { canMount, SmallDisk } from "./small-disk.ts";

const program = useProgram();
const say = (text: string): CallInput => ({ kind: "broadcast", text });

/** Bytes that are left: from none, over what the operation needs, to what its commit needs. */
const LEFT = [0, 4, 8, 12, 16, 24, 32, 48, 64, 96].map((kilobytes) => kilobytes * 1024);

describe.skipIf(!canMount)("a disk of a host (tests that mount need root)", () => {
  it("that is full, more or less, keeps every promise, and all goes on when there is room", async () => {
    const { scene, first, second } = await openPair(program());
    const disk = new SmallDisk(scene.sandbox, scene.host("a").state, 2);
    await first.call(say("before"));
    const during: Outcome[] = [];
    for (const left of LEFT) {
      disk.fill(left);
      during.push((await first.call(say(`${left} bytes left`))).outcome);
      disk.empty();
      expect(await first.call(say(`room after ${left}`))).toMatchObject({ outcome: "landed" });
    }
    expect(during).toContain("failed");
    expect((await second.call(say("from the other host"))).outcome).toBe("landed");
    expect(await scene.verdict()).toEqual([]);
  });

  it("that may not be written says so, still reads, and goes on when it may be", async () => {
    const { scene, first } = await openPair(program());
    const host = scene.host("a");
    const disk = new SmallDisk(scene.sandbox, host.state, 8);
    await first.call(say("before"));
    disk.setWritable(false);
    expect(await first.call(say("during"))).toMatchObject({
      outcome: "failed",
      said: expect.stringContaining("error"),
    });
    expect((await host.run(["sync"])).code).toBe(0);
    disk.setWritable(true);
    expect((await first.call(say("after"))).outcome).toBe("landed");
    expect(await scene.verdict()).toEqual([]);
  });
});

describe.skipIf(!canMount)("a hub's disk (tests that mount need root)", () => {
  it.each(["path", "HTTP"])("that is full, on a hub known by %s, keeps every promise", async (kind) => {
    let disk: SmallDisk | undefined;
    const { scene, first } = await openPair(program(), (sandbox) => {
      disk = new SmallDisk(sandbox, sandbox.folder("hubs"), 2);
    });
    const client = kind === "path" ? scene.local("session-2", "c") : first;
    await client.call(say("before"));
    for (const left of [0, 4096, 16_384]) {
      disk?.fill(left);
      await client.call(say(`${left} bytes left`));
      disk?.empty();
      expect(await client.call(say(`room after ${left}`))).toMatchObject({ outcome: "landed" });
    }
    expect(await scene.verdict()).toEqual([]);
  });
});
