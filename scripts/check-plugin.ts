import { spawnSync } from "node:child_process";
import process from "node:process";

/** Validates the plugin and the marketplace with the vendor's validator, where it is installed. Usage: npm run plugin:check */
const ROOT = new URL("..", import.meta.url).pathname;

for (const path of [".", "plugin"]) {
  const { error, status } = spawnSync("claude", ["plugin", "validate", path], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (error) process.stderr.write("claude is not installed, so nothing was validated.\n");
  if (error) break;
  if (status !== 0) process.exitCode = 1;
}
