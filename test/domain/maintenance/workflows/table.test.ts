import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WORKFLOW_FILES } from "../../../../src/domain/maintenance/workflows/table.ts";
import { ROOT } from "../../../support/processes.ts";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

/* `vitest -u` rewrites these files. */
describe("this repository's own workflows", () => {
  it.each(Object.entries(WORKFLOW_FILES))("%s is the file that hubs get", async (name, make) => {
    await expect(make({ kind: "home", version })).toMatchFileSnapshot(join(ROOT, ".github/workflows", name));
  });

  it("and the action run this version", () => {
    const action = readFileSync(join(ROOT, ".github/actions/hive/action.yml"), "utf8");
    expect(action).toContain(`default: "${version}"`);
  });
});
