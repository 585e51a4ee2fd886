import { describe, expect, it } from "vitest";
import { RefusedError } from "../../src/errors.ts";
import { TOOLS } from "../../src/mcp/tools.ts";
import { openConnections } from "../support/connection.ts";
import { openSandbox } from "../support/git-sandbox.ts";

const TEXT = "The password is hunter2x";

describe("a text of a model that looks like it has a secret", () => {
  it("is refused by every tool that sends it, and sent with force", async () => {
    const { one } = await openConnections(openSandbox());
    const call = async (name: string, given: object): Promise<Record<string, unknown>> => ({
      ...(await TOOLS.find((each) => each.name === name)?.run(one.connection, given)),
    });
    const asked = await call("request", { to: "session-2", text: "Draw the charts" });
    const calls: [string, object][] = [
      ["send", { to: "all", text: TEXT }],
      ["send", { to: "session-2", text: TEXT }],
      ["request", { to: "session-2", text: TEXT }],
      ["handoff", { to: "session-2", goal: "Charts", tried: [TEXT] }],
      ["status", { work: TEXT }],
      ["claim", { action: "claim", targets: ["issue-42"], note: TEXT }],
      ["respond", { request: asked.request_id, action: "cancel", note: TEXT }],
    ];
    for (const [name, given] of calls) {
      const refused: unknown = await call(name, given).catch((error: unknown) => error);
      const told = refused instanceof RefusedError ? refused.refusal : undefined;
      expect(told, name).toMatchObject({ code: "looks_secret" });
      expect(JSON.stringify(told)).not.toContain("hunter2x");
      expect(await call(name, { ...given, force: true }), name).toMatchObject({ landed: true });
    }
  });
});
