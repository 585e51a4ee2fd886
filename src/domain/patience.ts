import type { Operation } from "./operation.ts";

/** Whether an operation can wait for the next push of its host: a sign of life that says nothing new. */
export function isPatient({ kind, input }: Operation): boolean {
  if (kind !== "heartbeat") return false;
  return Object.values(input ?? {}).every((said) => said === undefined);
}
