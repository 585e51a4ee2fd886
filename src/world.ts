import type { Ulid } from "./domain/ids.ts";

/** All that a program may touch of the machine it runs on; built once, where it starts. */
export interface World {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly home: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** A new ULID. */
  newId(): Promise<Ulid>;
  out(text: string): void;
  err(text: string): void;
  readInput(): Promise<string>;
  /** Ends early when the user interrupts. */
  sleep(milliseconds: number): Promise<"slept" | "interrupted">;
  readonly isTerminal: boolean;
}
