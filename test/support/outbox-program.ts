import process from "node:process";
import { text } from "node:stream/consumers";
import { ulid } from "ulid";
import { Outbox } from "../../src/store/outbox/outbox.ts";
import { anOperation, NOON } from "./builders.ts";

/* Stores operations in an outbox, one after the other, by a clock that stands still: <directory of the hub> <times>. */
const [directory = "", times = "1"] = process.argv.slice(2);
const outbox = new Outbox(directory);

process.stdout.write("ready\n");
await text(process.stdin);
for (let each = 0; each < Number(times); each++) {
  const operation = anOperation({ by: process.pid, each }, { op: ulid(Date.parse(NOON)) });
  outbox.add({ ...operation, op: outbox.idAfterWaiting(operation.op) }, null);
}
