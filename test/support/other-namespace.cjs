/*
 * Loaded before the program: what the system says of processes is as in a container of its own, named by
 * HIVE_TEST_NAMESPACE. Numbers of other processes mean nothing in it.
 */
const fs = require("node:fs");

const { readlinkSync, readFileSync } = fs;
const { kill } = process;

function missing(code) {
  return Object.assign(new Error(code), { code });
}

fs.readlinkSync = (path, ...rest) =>
  path === "/proc/self/ns/pid" ? `pid:[${process.env.HIVE_TEST_NAMESPACE}]` : readlinkSync(path, ...rest);
fs.readFileSync = (path, ...rest) => {
  if (/^\/proc\/\d+\//.test(String(path))) throw missing("ENOENT");
  return readFileSync(path, ...rest);
};
process.kill = (pid, signal) => {
  if (signal === 0 && pid !== process.pid) throw missing("ESRCH");
  return kill(pid, signal);
};
