import { type FileChange, putText } from "../decision.ts";
import { BOARD_PATH, messagePath } from "../hub/layout.ts";
import type { Snapshot } from "../snapshot.ts";
import { renderBoard } from "./board.ts";
import type { Message } from "./message.ts";

/** The files of new messages, and the board with them. */
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
 * The text of a message's file. Each value of the front matter is written as JSON, because YAML reads any JSON as the
 * same value. The body follows unchanged.
 */
export function encodeMessage({ body, ...header }: Message): string {
  const lines = Object.entries(header)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${PLAIN_KEY.test(key) ? key : encodeScalar(key)}: ${encodeScalar(value)}`);
  return `---\n${lines.join("\n")}\n---\n${body}\n`;
}

/** A key that needs no quotes. The excluded words are booleans and null in YAML 1.1. */
const PLAIN_KEY = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9_]*$/;

/** JSON with only characters that YAML allows in a double-quoted scalar. */
function encodeScalar(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
