import { join } from "node:path";
import { BRANCH, TRACKED } from "../git/ref-names.ts";
import { readText } from "../host/files.ts";
import type { Host } from "../host/state-directory.ts";
import { addressKey, type HubAddress } from "./address.ts";

/** The hub's newest commit known here, at the price of one small file; undefined where git keeps it another way. */
export function tipOf(host: Host, address: HubAddress): string | undefined {
  const path =
    address.kind === "path"
      ? join(address.path, BRANCH)
      : join(host.hubDirectory(addressKey(address)), "replica.git", TRACKED);
  return readText(path)?.trim() || undefined;
}
