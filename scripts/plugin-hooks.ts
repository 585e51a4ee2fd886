import { writeFileSync } from "node:fs";
import { pluginHooks } from "../src/domain/coding-tools/tools.ts";

/** Writes the plugin's hooks, the same as those of `hive setup claude`. Usage: npm run plugin:hooks */
writeFileSync(new URL("../plugin/hooks/hooks.json", import.meta.url), pluginHooks());
