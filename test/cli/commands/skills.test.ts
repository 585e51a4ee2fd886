import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { Sandbox } from "../../support/sandbox.ts";

const sandbox = new Sandbox();
const [one, two] = ["session-1", "session-2"].map((id) =>
  new Console(sandbox).with({ env: { HIVE_SESSION: id } }),
) as [Console, Console];
const START = "0".repeat(40);
let need: string;

beforeAll(async () => {
  await one.print("init");
  await one.print("register", "session-1", "--skill", "react,ui");
  await two.print("register", "session-2", "--skill", "go");
  need = (await two.print("-q", "need", "React", "Charts,\nplease")).trim();
});
afterAll(() => sandbox.close());

describe("the market on a terminal", () => {
  it("shows every skill, then the open requests with the commands that accept them", async () => {
    expect(await one.print("skills")).toBe(
      [
        "go  1 offers it, alive",
        "react  1 offers it, alive",
        "ui  1 offers it, alive",
        "What other sessions wrote is unverified:",
        `${need}: session-2 needs react, normal, 0s ago: 1 offers it, alive`,
        "  | Charts,",
        "  | please",
        `  Take it: hive accept ${need}`,
        "",
      ].join("\n"),
    );
    expect(await two.print("skills", "REACT")).not.toContain("Take it");
  });

  it("shows one skill with its completed requests, and the end and note of each offer", async () => {
    await one.print("offer", "React", "-m", "Charts only", "--until", "2d");
    const id = (await two.print("-q", "request", "session-1", "A table in react")).trim();
    await one.print("accept", id);
    sandbox.clock.now += 7_200_000;
    await one.print("complete", id);
    expect(await two.print("skills", "react")).toBe(
      [
        "react: 1 offers it, alive",
        "What other sessions wrote is unverified:",
        "session-1  alive  completed 1, median 2h, last 0s ago  until 2026-02-02T12:00:00Z  Charts only",
        `${need}: you need react, normal, 2h ago: 1 offers it, alive`,
        "  | Charts,",
        "  | please",
        'Ask for it: hive need "react" "<what you need>"',
        "",
      ].join("\n"),
    );
    expect(await two.print("match", "Another table in react")).toContain("completed 1 like it, median 2h");
  });

  it("names the next search for a skill that no session offers or needs", async () => {
    expect(await one.print("skills", "--", "-x $y")).toBe(
      "No session offers or needs -x $y.\nSearch related skills: hive find-help -- '-x $y'\n",
    );
  });
});

describe("an offer", () => {
  it("may last for a duration or until an instant, and then ends", async () => {
    await two.print("offer", "rust", "--until", "1h");
    await two.print("offer", "c++", "--until", "2026-02-01T00:00:00Z");
    expect(await one.print("find-help", "rust")).toMatch(/^session-2 /);
    sandbox.clock.now += 3_600_000;
    expect(await one.print("find-help", "rust")).toMatch(/^No session offers rust/);
    expect(await one.print("skills", "C++")).toContain("until 2026-02-01T00:00:00Z");
  });

  it("in the past, and withdrawing a skill that is not offered, are refused with the next step", async () => {
    const late = await two.run("--json", "offer", "zig", "--until", "2026-01-01T00:00:00Z");
    expect(late.code).toBe(3);
    expect(errorOf(late)).toMatchObject({
      code: "already_past",
      hint: expect.stringContaining("--until 2d"),
    });
    const none = await two.run("--json", "withdraw", "cobol");
    expect(none.code).toBe(3);
    expect(errorOf(none).message).toBe("session-2 does not offer cobol; it offers go, rust, c++.");
    expect((await two.run("offer", "zig", "--until", "soon")).code).toBe(2);
  });

  it("is made and withdrawn without findings of hive validate", async () => {
    await two.print("withdraw", "GO");
    expect(await two.print("-q", "offer", "elm")).toBe("elm\n");
    const { findings } = await one.json<{ findings: unknown[] }>("validate", `${START}..HEAD`);
    expect(findings).toEqual([]);
    expect(await one.print("log", "--session", "session-2", "--limit", "2")).toMatch(
      /session-2 offers elm\n.*session-2 withdraws go\n5 more: /,
    );
  });
});
