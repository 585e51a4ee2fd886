/** A secret in a text, from `start` up to `end`. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  readonly rule: SecretRule;
  /** False where it may be no secret, or where its end is not known. */
  readonly isCertain: boolean;
}

/** The kinds of secrets, and how users are told of them. */
export const SECRET_RULES = {
  "private-key": "a private key",
  "known-token": "a token of a known service",
  "address-login": "a login in an address",
  "command-secret": "a password or a token on a command line",
  "named-secret": "a value after a word such as password or token",
  login: "a user's name with a password",
  "random-text": "a long random text, such as a key",
} as const;
export type SecretRule = keyof typeof SECRET_RULES;
