import { replaceUnsafe } from "../domain/values/visible.ts";

/** An answer as JSON in which nothing steers a terminal that it may be shown on: the same value. */
export function encode(answer: object): string {
  return replaceUnsafe(JSON.stringify(answer), (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
