import { expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/table.ts";

/** The commands that change nothing in a hub, in a project or on a host but what they read. */
const READING = [
  ..."claims completion doctor find-help inbox log match metrics prime search skills statusline sync".split(
    " ",
  ),
  ..."thread top validate wait watch whoami".split(" "),
];

/** What other programs call. */
const CALLED = ["comment", "hook", "mcp", "merge-driver"];

it.each(Object.entries(COMMANDS))(
  "the help of %s says how it is taken back, if it changes anything",
  async (name, row) => {
    const { undo } = await row.load();
    if (READING.includes(name) || CALLED.includes(name)) expect(undo).toBeUndefined();
    else expect(undo).toMatch(/^(?:hive |none|any write )/);
  },
);

it("every command that an undo names is one", async () => {
  for (const row of Object.values(COMMANDS)) {
    const { undo = "" } = await row.load();
    for (const [, named = ""] of undo.matchAll(/hive ([a-z-]+)/g))
      expect(Object.keys(COMMANDS)).toContain(named);
  }
});
