import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { BOARD_PATH, REGISTRY_PATH, RETIRED_PATH } from "../../domain/hub/layout.ts";
import { mergeBoard } from "../../domain/messages/merge-board.ts";
import { mergeRegistry } from "../../domain/sessions/merge-registry.ts";
import { mergeRetired } from "../../domain/sessions/merge-retired.ts";
import { HiveError } from "../../errors.ts";
import type { Command } from "../command.ts";

const MERGES: ReadonlyMap<string, typeof mergeBoard> = new Map([
  [REGISTRY_PATH, mergeRegistry],
  [RETIRED_PATH, mergeRetired],
  [BOARD_PATH, mergeBoard],
]);

/** Git calls it with three temporary files and reads the result from the second file. Where it fails, git reports a conflict. */
export const mergeDriver: Command = {
  usage: "<base> <ours> <theirs> <path>",
  examples: [
    `git config merge.hive.driver "hive merge-driver %O %A %B %P"`,
    `hive merge-driver base.json ours.json theirs.json ${REGISTRY_PATH}`,
  ],
  prints: "path, merged",
  async run({ world }, [base = "", ours = "", theirs = "", path = ""]) {
    const merge = MERGES.get(path);
    if (!merge) throw notMerged(path, "is not a generated file");
    const read = (file: string) => readText(resolve(world.directory, file), path);
    const merged = merge(read(base), read(ours), read(theirs));
    if (merged === undefined) throw notMerged(path, "was edited by hand on at least one side");
    writeFileSync(resolve(world.directory, ours), merged);
    return { json: { path, merged: true }, text: "" };
  },
};

function readText(file: string, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw notMerged(path, "is not UTF-8");
    throw error;
  }
}

function notMerged(path: string, reason: string): HiveError {
  return new HiveError("not_merged", `${path} ${reason}, so it is not merged.`, "Resolve it by hand.");
}
