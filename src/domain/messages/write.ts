import { type FileChange, putText } from "../decision.ts";
import { encodeMessage } from "../encode-message.ts";
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
