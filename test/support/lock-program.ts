import fs, { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";
import { text } from "node:stream/consumers";
import { setImmediate as turn } from "node:timers/promises";
import { HostLock } from "../../src/store/host/host-lock.ts";

/*
 * Works with a lock: `try <directory>` says whether it got it, and keeps it; `late <directory> <owner>` does the same, but
 * the owner takes it after the program saw it free; `often <directory> <log> <times>` takes and releases it so many times,
 * once it is told to, and notes in one file with others when it went in and out.
 */
const [how = "", directory = "", log = "", times = "0"] = process.argv.slice(2);

async function take(): Promise<HostLock> {
  for (;;) {
    const lock = HostLock.take(directory);
    if (lock) return lock;
    await turn();
  }
}

/** Lets another process take the lock just before this one does. */
function letTakeBefore(owner: string): void {
  const link = fs.linkSync;
  fs.linkSync = (from, to) => {
    fs.writeFileSync(to, owner);
    link(from, to);
  };
  syncBuiltinESMExports();
}

if (how === "late") letTakeBefore(log);
if (how === "try" || how === "late") {
  process.stdout.write(HostLock.take(directory) ? "taken\n" : "not taken\n");
  await text(process.stdin);
} else {
  process.stdout.write("ready\n");
  await text(process.stdin);
  for (let round = 0; round < Number(times); round++) {
    const lock = await take();
    appendFileSync(log, `in ${process.pid}\n`);
    await turn();
    appendFileSync(log, `out ${process.pid}\n`);
    lock.release();
  }
}
