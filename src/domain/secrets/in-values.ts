import { findSecrets } from "./find.ts";
import type { Secret } from "./secret.ts";

/** A secret in a text of a value, with the keys that lead to the text. */
export interface SecretInValue {
  readonly key: readonly (string | number)[];
  readonly text: string;
  readonly secret: Secret;
}

/** Finds secrets in the texts of a value. A value has no cycles, because it comes from JSON or a schema. */
export function* secretsInValue(
  value: unknown,
  isSearched: (text: string) => boolean = () => true,
  key: readonly (string | number)[] = [],
): Generator<SecretInValue> {
  if (typeof value === "string") {
    if (isSearched(value)) for (const secret of findSecrets(value)) yield { key, text: value, secret };
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) yield* secretsInValue(inner, isSearched, [...key, index]);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value))
      yield* secretsInValue(inner, isSearched, [...key, name]);
  }
}
