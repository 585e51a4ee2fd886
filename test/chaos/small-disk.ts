import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Sandbox } from "../support/sandbox.ts";

/** Only root may mount, and only where the kernel lets it; tests that need it are skipped elsewhere. */
export const canMount = process.getuid?.() === 0 && isMountable();

function isMountable(): boolean {
  try {
    execFileSync("/usr/bin/unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

/** A disk of a few megabytes at a folder, gone with the sandbox. It starts empty. */
export class SmallDisk {
  readonly #folder: string;

  constructor(sandbox: Sandbox, folder: string, megabytes: number) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    execFileSync("/bin/mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
    sandbox.atEnd(() => execFileSync("/bin/umount", ["--lazy", folder]));
  }

  /** Fills the disk until only so many bytes are free. */
  fill(left: number): void {
    const { bavail, bsize } = statfsSync(this.#folder);
    const file = openSync(join(this.#folder, "ballast"), "w");
    const size = Math.max(0, bavail * bsize - left);
    if (size > 0) writeSync(file, Buffer.alloc(size));
    closeSync(file);
  }

  empty(): void {
    rmSync(join(this.#folder, "ballast"), { force: true });
  }

  setWritable(isWritable: boolean): void {
    execFileSync("/bin/mount", ["-o", `remount,${isWritable ? "rw" : "ro"}`, this.#folder]);
  }
}
