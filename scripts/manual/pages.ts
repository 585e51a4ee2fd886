import { commandsPage } from "./commands-page.ts";
import { describeCommands } from "./describe.ts";
import { ALIAS_PAGE, manPage } from "./man-page.ts";

/** What is generated from the program, by its path in the repository. */
export async function pages(version: string): Promise<Record<string, string>> {
  const commands = await describeCommands();
  return {
    "docs/commands.md": commandsPage(commands),
    "man/git-hive.1": manPage(commands, version),
    "man/hive.1": ALIAS_PAGE,
  };
}
