import { describe, expect, it } from "vitest";
import type { HubConnection } from "../../../src/mcp/connection.ts";
import { status } from "../../../src/mcp/tools/status.ts";
import { overview } from "../../../src/mcp/tools/sync.ts";
import { openConnections } from "../../support/connection.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { HOSTILE_QUESTIONS } from "../../support/hostile-questions.ts";

interface Seen {
  readonly sessions: readonly { readonly id: string; readonly needs: { question: string } | null }[];
}

const asked = async (connection: HubConnection) =>
  ((await overview(connection)) as Seen).sessions.find(({ id }) => id === "session-1")?.needs ?? null;

describe("the needs of a model", () => {
  it("are asked by status, seen by sync, and end with an empty text", async () => {
    const { one, two } = await openConnections(openSandbox());
    const options = ["Postgres", "SQLite"];
    expect(await status.run(one.connection, { needs: "Which database?", options })).toMatchObject({
      landed: true,
      needs: { question: "Which database?", options },
    });
    expect(await asked(two.connection)).toMatchObject({ question: "Which database?", options });
    expect(await status.run(one.connection, { needs: "" })).toMatchObject({ needs: "nothing" });
    expect(await asked(two.connection)).toBeNull();
  });

  it("are refused beside other things, and where they have a secret", async () => {
    const { one, two } = await openConnections(openSandbox());
    for (const given of [
      { needs: "Why?", work: "Parser" },
      { options: ["a", "b"] },
      { needs: "", options: ["a", "b"] },
      { needs: "Why?", options: ["a"] },
      { needs: "Is the password hunter2x?" },
    ])
      await expect(status.run(one.connection, given), JSON.stringify(given)).rejects.toThrow();
    expect(await asked(two.connection)).toBeNull();
  });

  it("come to the others as they are, each in its own field", async () => {
    const { one, two } = await openConnections(openSandbox());
    for (const question of HOSTILE_QUESTIONS) {
      await status.run(one.connection, { needs: question, options: [question.slice(0, 60), "b"] });
      expect((await asked(two.connection))?.question).toBe(question.trim());
    }
  });
});
