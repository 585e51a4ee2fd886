import { join } from "node:path";
import { BRANCH } from "../domain/paths.ts";
import { readText } from "./files.ts";
import type { Host } from "./host.ts";
import { addressKey, type HubAddress } from "./hub-address.ts";
import { TRACKED } from "./replica-config.ts";

/** The hub's newest commit known here, at the price of one small file; undefined where git keeps it another way. */
export function tipOf(host: Host, address: HubAddress): string | undefined {
  const path =
    address.kind === "path"
      ? join(address.path, BRANCH)
      : join(host.hubDirectory(addressKey(address)), "replica.git", TRACKED);
  return readText(path)?.trim() || undefined;
}
