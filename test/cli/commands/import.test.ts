import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Console } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const HELLO = '{"from": "session-7", "message": "Hello"}';

/** A directory of the old tools with these files of broadcasts, and a console on a hub to import it into. */
async function leftBehind(files: Readonly<Record<string, string>>) {
  const sandbox = openSandbox();
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
  await one.print("init");
  const folder = sandbox.folder("work", "seed", "messages", "broadcast");
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { sandbox, one, folder };
}

describe("hive import", () => {
  it("reports what it imported, salvaged, rejected and ignored", async () => {
    const { one } = await leftBehind({
      "a.json": HELLO,
      "b.json": '{"from": "session-7", "message": "He said "hi" twice"}',
      "c.json": "",
    });
    expect(await one.print("import", "seed")).toMatch(
      /^Imported 0 sessions, .* 2 messages, 0 collaborations\.\nsalvaged messages\/broadcast\/b\.json: .*\nrejected messages\/broadcast\/c\.json: .*\n$/,
    );
  });

  it("imports files with any name that a disk allows", async () => {
    const names = [
      "a\\b.json",
      "a\nb.json",
      "\u001b[31m.json",
      "-.json",
      "--help.json",
      " .json",
      "$(id).json",
    ];
    const { one } = await leftBehind(Object.fromEntries(names.map((name) => [name, HELLO])));
    expect(await one.json("import", "seed")).toMatchObject({ rejected: [], ignored: [] });
  });

  it("does not follow links, and says so", async () => {
    const { one, sandbox, folder } = await leftBehind({ "a.json": HELLO });
    await writeFile(join(sandbox.directory, "secret.json"), HELLO.replace("Hello", "Secret"));
    await symlink(join(sandbox.directory, "secret.json"), join(folder, "link.json"));
    expect(await one.json("import", "seed")).toMatchObject({
      messages: 1,
      rejected: [{ path: "messages/broadcast/link.json", reason: "a link; links are not followed" }],
    });
  });

  it("previews without writing", async () => {
    const { one } = await leftBehind({ "a.json": HELLO });
    expect(await one.print("import", "seed", "--dry-run")).toMatch(/^Would import 0 sessions, .* 1 message,/);
    expect(await one.json("log")).toMatchObject({ entries: [{ kind: "init" }] });
  });

  it("has the author git-hive, or the session of --as", async () => {
    const { one } = await leftBehind({ "a.json": HELLO });
    await one.print("import", "seed");
    expect(await one.json("log", "--kind", "import")).toMatchObject({ entries: [{ session: "git-hive" }] });
  });
});
