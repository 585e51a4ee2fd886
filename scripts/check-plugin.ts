import { spawnSync } from "node:child_process";
import process from "node:process";

/** Has the vendor's own validator look at the plugin and the marketplace, where it is installed. Usage: npm run plugin:check */
const ROOT = new URL("..", import.meta.url).pathname;

for (const path of [".", "plugin"]) {
  const { error, status } = spawnSync("claude", ["plugin", "validate", path], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (error) process.stderr.write("claude is not installed: nothing was validated.\n");
  if (error) break;
  if (status !== 0) process.exitCode = 1;
}
