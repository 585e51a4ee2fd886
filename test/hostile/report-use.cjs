// Preloaded into each process of the program: leaves under its number its largest size in memory, in KiB, and its
// processor time in seconds, with that of the git processes that it started.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const TICKS_PER_SECOND = 100;

process.on("exit", () => {
  const path = join(process.env.HIVE_TEST_USE, String(process.pid));
  try {
    writeFileSync(path, `${process.resourceUsage().maxRSS} ${cpuSeconds()}`);
  } catch {
    // A process that a hook left behind may end after its call was looked at.
  }
});

function cpuSeconds() {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1).split(" ");
    // utime, stime, and both of the processes that ended.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}
