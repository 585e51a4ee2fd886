import { type FileChange, putText } from "../decision.ts";
import { BOARD_PATH, messagePath } from "../hub/layout.ts";
import type { Snapshot } from "../snapshot.ts";
import { renderBoard } from "./board.ts";
import type { Message } from "./message.ts";

/** New messages, and the board they change. */
export function putMessages(state: Pick<Snapshot, "messages">, added: readonly Message[]): FileChange[] {
  if (added.length === 0) return [];
  return [
    ...added.map((message) => ({
      path: messagePath(message.id, message.sent_at),
      text: encodeMessage(message),
      value: message,
    })),
    putText(BOARD_PATH, renderBoard([...state.messages, ...added])),
  ];
}

/**
 * The message as its file. Each value of the front matter is written as JSON, which YAML reads as the same value
 * whatever it holds; the body follows untouched.
 */
export function encodeMessage({ body, ...header }: Message): string {
  const lines = Object.entries(header)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${PLAIN_KEY.test(key) ? key : encodeScalar(key)}: ${encodeScalar(value)}`);
  return `---\n${lines.join("\n")}\n---\n${body}\n`;
}

/** A key that needs no quotes; YAML 1.1 takes the words left out for booleans and null. */
const PLAIN_KEY = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9_]*$/;

/** JSON whose every character YAML allows in a double-quoted scalar. */
function encodeScalar(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
