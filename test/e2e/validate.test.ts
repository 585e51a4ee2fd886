import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { openHttpHub } from "../support/http-hub.ts";
import { hubWith } from "../support/hub-with.ts";
import { Machine } from "../support/processes.ts";

describe("the built program, on a hub with pushes by plain git", () => {
  it("reports a broken heartbeat on its line, and a change by another author than its session", async () => {
    const sandbox = openSandbox();
    await hubWith(sandbox, "session-1", "session-2");
    const http = await openHttpHub(sandbox);
    const machine = new Machine(sandbox, "a");
    const clone = join(machine.directory, "clone");
    const git = (...argv: string[]) => sandbox.git(clone, ...argv);
    await sandbox.git(machine.directory, "clone", "--quiet", http.url(), clone);
    const path = "coordination/HEARTBEATS/session-2.json";
    await writeFile(join(clone, path), '{\n  "session_id": "session-2",\n  "name": \n}\n');
    await git("commit", "--quiet", "--all", "--message", "Alive");
    await git("push", "--quiet");

    const { code, out } = await machine.hive("validate", "HEAD~1..HEAD", "--hub", http.url());
    expect(code).toBe(5);
    expect(out).toMatch(
      new RegExp(`^${path}:1:1: [0-9a-f]{7} by Hand: only session-2 or git-hive .* \\[owner\\]$`, "m"),
    );
    expect(out).toMatch(new RegExp(`^${path}:4:1: the file is not valid JSON \\[json\\]$`, "m"));

    await git("revert", "--no-edit", "HEAD");
    await git("push", "--quiet");
    expect((await machine.hive("validate", "--hub", http.url())).code).toBe(0);
  });

  it("checks a checkout without a hub, an identity or a configuration", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    const machine = new Machine(sandbox, "a");
    await sandbox.git(machine.directory, "clone", "--quiet", hub, ".");
    expect(await machine.hive("validate", "HEAD")).toMatchObject({ code: 0, err: "" });
    await appendFile(join(machine.directory, "coordination/REGISTRY.json"), "<<<<<<< HEAD\n");
    const { code, out, err } = await machine.hive("validate", "--format", "github");
    expect({ code, err }).toEqual({ code: 5, err: "" });
    expect(out).toMatch(
      /^::error file=coordination\/REGISTRY\.json,line=\d+,col=1,title=git-hive conflict::/,
    );
  });

  it("lets a silent session expire through a server, and says so in the log", async () => {
    const sandbox = openSandbox();
    await hubWith(sandbox, "session-1", "session-2");
    const http = await openHttpHub(sandbox);
    const machine = new Machine(sandbox, "a", { HIVE_HUB: http.url() });
    await machine.print("heartbeat", "--as", "session-2");
    expect(await machine.print("expire")).toBe("session-1 retired\n");
    expect(await machine.print("log")).toMatch(/^\S+ \S+ {2}git-hive applies deadlines: session-1 retired\n/);
    expect(await machine.print("expire")).toBe("Nothing to expire.\n");
    expect((await machine.hive("validate", `${"0".repeat(40)}..HEAD`)).code).toBe(0);
  });
});
