import { type Refusal, refusal } from "../refusal.ts";
import { SECRET_RULES, type SecretRule } from "./secret.ts";

/** Where a text has what looks like a secret. The secret itself is never told. */
export interface SecretPlace {
  readonly field: string;
  readonly line: number;
  readonly column: number;
  readonly rule: SecretRule;
}

export function looksSecret({ field, line, column, rule }: SecretPlace): Refusal {
  return refusal(
    "looks_secret",
    `Nothing was sent: ${field} has what looks like ${SECRET_RULES[rule]} (${rule}), at line ${line}, column ${column}.`,
    "Leave it out: every reader of the hub sees it, and it stays in the history. If it is no secret: --force, or force of an MCP tool.",
  );
}
