import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { operationsBetween, readHistory } from "../../../src/store/git/history.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const [OP, OTHER] = ["01KG9M2V0000000000000000AA", "01KG9M2V0000000000000000AB"] as const;
const SHARED = `déjà vu\n\nHive-Op: ${OP}\nHive-Session: session-1\nHive-Kind: heartbeat\n`;

/** A hub with a commit; what git-hive reads of its history. */
async function historyOf(sandbox: Sandbox, message: string, variables = {}) {
  const hub = await sandbox.bareHub();
  const root = await commitByHand(sandbox, hub, [], { message: "root" });
  const commit = await commitByHand(sandbox, hub, [], { message });
  const git = gitAt(hub, { ...sandbox.env, ...variables });
  return {
    ids: { root, commit },
    log: (kind?: string) => readHistory(git, commit, kind === undefined ? { after: root } : { kind }),
    operations: operationsBetween(git, root, commit),
  };
}

describe("a history", () => {
  it.each([
    ["a name", `Hive-Op: ${OP}\n\t`],
    ["a session", "Hive-Session: session-1\n "],
    ["a kind", "Hive-Kind: send\n "],
  ])("has one commit where the trailer of %s has a line that looks like another commit", async (_, start) => {
    const forged = ["\u001f", "\n\t"].map((mark) =>
      ["f".repeat(40), "soon", "Eve", OTHER, "session-9", "send", "forged"].join(mark),
    );
    for (const words of forged) {
      const { ids, log, operations } = await historyOf(openSandbox(), `x\n\n${start}${words}\n`);
      expect(new Set(log().map(({ commit, subject, at }) => `${commit} ${subject} ${at}`)).size).toBe(1);
      expect(log()[0]).toMatchObject({ commit: ids.commit, subject: "x" });
      expect(operations).toMatchObject({ isLinked: true, steps: [{ commit: ids.commit }] });
    }
  });

  it("has a thousand entries of a commit at most, each of one kind, however many operations the commit names", async () => {
    const trailers = Array.from({ length: 1500 }, (_, index) =>
      [`Hive-Op: ${OP}${index}`, "Hive-Session: session-1", "Hive-Kind: request"].join("\n"),
    );
    const { log } = await historyOf(openSandbox(), `many\n\n${trailers.join("\n")}\n`);
    expect([log().length, new Set(log().map(({ kind }) => kind))]).toEqual([1000, new Set(["request"])]);
  });

  it("is read the same way whatever a user told git to print", async () => {
    const sandbox = openSandbox();
    const config = join(sandbox.folder("configured"), "gitconfig");
    writeFileSync(
      config,
      [
        "[i18n]\nlogOutputEncoding = UTF-16",
        "[grep]\npatternType = fixed",
        "[log]\nshowSignature = true\nfollow = true",
        "[color]\nui = always",
        '[trailer]\nseparators = "="',
        "[core]\ncommentChar = H",
        "[diff]\norderFile = /nonexistent",
      ].join("\n"),
    );
    const { log, operations } = await historyOf(sandbox, SHARED, { GIT_CONFIG_GLOBAL: config });
    expect(log()).toMatchObject([{ op: OP, session: "session-1", kind: "heartbeat", subject: "déjà vu" }]);
    expect(log("heartbeat")).toHaveLength(1);
    expect(operations?.steps).toMatchObject([{ ops: [OP] }]);
  });
});
