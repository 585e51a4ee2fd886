import { commandsPage } from "./commands-page.ts";
import { describeGroups } from "./describe.ts";
import { ALIAS_PAGE, manPage } from "./man-page.ts";

/** Returns the generated files by their path in the repository. */
export async function pages(version: string): Promise<Record<string, string>> {
  const groups = await describeGroups();
  return {
    "docs/commands.md": commandsPage(groups),
    "man/git-hive.1": manPage(groups, version),
    "man/hive.1": ALIAS_PAGE,
  };
}
