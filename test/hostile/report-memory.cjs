// Preloaded into each process of the program: leaves its largest size in memory, in KiB, under its number.
const { join } = require("node:path");
process.on("exit", () => {
  const path = join(process.env.HIVE_TEST_MEMORY, String(process.pid));
  try {
    require("node:fs").writeFileSync(path, String(process.resourceUsage().maxRSS));
  } catch {
    // A process that a hook left behind may end after its call was looked at.
  }
});
