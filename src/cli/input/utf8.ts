import { HiveError } from "../../errors.ts";

/** Takes the place of bytes that are no UTF-8 in what Node decodes. What was there is lost. */
const REPLACEMENT = "\ufffd";

/** Returns the text of bytes that a user gave. Throws TypeError where they are no UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** Whether an error says that bytes are no UTF-8. */
export function isUndecodable(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA";
}

export function notUtf8(what: string, cause?: unknown): HiveError {
  return new HiveError(
    "not_utf8",
    `${what} is not text in UTF-8. Nothing was done.`,
    "Convert it, as in: iconv -f latin1 -t utf-8 <file> | hive broadcast -",
    { failure: "usage", cause },
  );
}

/** Throws HiveError for an argument that was no UTF-8. One that really has the replacement character can come by stdin. */
export function refuseBrokenWords(command: string | undefined, words: readonly string[]): void {
  // A shell also completes a word that is not whole yet.
  if (command === "completion") return;
  const broken = words.find((word) => word.includes(REPLACEMENT));
  if (broken !== undefined) throw notUtf8(`The argument ${JSON.stringify(broken.slice(0, 80))}`);
}
