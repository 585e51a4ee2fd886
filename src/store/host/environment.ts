import { join, resolve } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The directory where this host keeps what it knows between commands. */
export function stateDirectory(environment: Environment, home: string): string {
  const chosen = environment.HIVE_STATE_DIR;
  const base = environment.XDG_STATE_HOME || join(home, ".local", "state");
  return chosen ? resolve(chosen) : join(base, "git-hive");
}

/** The directory, in a state directory, of the times when sessions of coding tools last sent a heartbeat. */
export function beatsIn(directory: string): string {
  return join(directory, "beats");
}
