import type { OperationRule } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import type { Part } from "./snapshot.ts";

/** A rule whose kind is only known when the program runs. */
export type AnyRule = OperationRule<unknown, Part, unknown>;

/** The rule for a kind of operation; undefined where this version knows no such kind. */
export async function loadRule(kind: string): Promise<AnyRule | undefined> {
  if (!Object.hasOwn(OPERATIONS, kind)) return undefined;
  return (await OPERATIONS[kind as keyof typeof OPERATIONS]()) as unknown as AnyRule;
}
