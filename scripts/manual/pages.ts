import { readFile } from "node:fs/promises";
import { putJson } from "../../src/domain/decision.ts";
import { FOLDER } from "../../src/domain/hub/layout.ts";
import { jsonSchemas } from "../../src/domain/maintenance/schemas.ts";
import { commandsPage } from "./commands-page.ts";
import { describeGroups } from "./describe.ts";
import { ALIAS_PAGE, manPage } from "./man-page.ts";

/** Returns the generated files by their path in the repository. */
export async function pages(version: string): Promise<Record<string, string>> {
  const groups = await describeGroups();
  return {
    "docs/commands.md": commandsPage(groups),
    "man/git-hive.1": manPage(groups, version, await releaseDate()),
    "man/hive.1": ALIAS_PAGE,
    ...schemaFiles(),
  };
}

/** The date of the newest release in the change log. */
async function releaseDate(): Promise<string> {
  const log = await readFile(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
  return /^## [\d.]+ \((\d{4}-\d\d-\d\d)\)$/m.exec(log)?.[1] ?? "";
}

/** The schemas in this repository's own hub, as `hive init` writes them. */
function schemaFiles(): Record<string, string> {
  const files = Object.entries(jsonSchemas()).map(([name, schema]) =>
    putJson(`${FOLDER}/schema/${name}.json`, schema),
  );
  return Object.fromEntries(files.map(({ path, text = "" }) => [path, text]));
}
