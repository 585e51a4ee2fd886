import process from "node:process";
import { Sandbox } from "./sandbox.ts";

/* A program that reads the messages of the hub it is given twice, and prints the bodies and the rules of the findings. */

const sandbox = new Sandbox();
const hub = process.argv[2] ?? "";
for (const name of ["a", "b"]) {
  const hive = await sandbox.hive(hub, sandbox.host(name));
  const { state, findings } = await hive.read(["messages"]);
  const bodies = state.messages.map(({ body }) => body);
  if (name === "b") process.stdout.write(JSON.stringify({ bodies, rules: findings.map(({ rule }) => rule) }));
}
await sandbox.close();
