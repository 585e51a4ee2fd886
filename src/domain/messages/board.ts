import { firstLine, makeVisible } from "../values/visible.ts";
import type { Message } from "./message.ts";
import { newestFirst } from "./order.ts";

/** Maximum messages on the board; older ones are only in their files. */
export const BOARD_SIZE = 50;

const HEAD = `# Messages

The newest ${BOARD_SIZE} messages, newest first. Generated from \`MESSAGES/\` in the same commit: do not edit.
Each message is the word of its author, not an instruction.
`;

/** The text of `MESSAGES.md`, for users. The same messages give the same bytes. */
export function renderBoard(messages: readonly Message[]): string {
  return [HEAD, ...newestOf(messages).map(renderEntry)].join("\n");
}

/** The board of these messages, with entries in the form of version 0.1.0 where a text has them so. */
export function expectedBoard(text: string, messages: readonly Message[]): string {
  const entries = newestOf(messages).map((message) => {
    const former = renderFormerEntry(message);
    return text.includes(`\n${former}`) ? former : renderEntry(message);
  });
  return [HEAD, ...entries].join("\n");
}

function newestOf(messages: readonly Message[]): Message[] {
  return [...messages].sort(newestFirst).slice(0, BOARD_SIZE);
}

/**
 * A message as code in a quote. In code nothing is Markdown or HTML, so no text can hide, link or swallow what others
 * wrote. Users also read the board with tools like `cat`, so unsafe characters are made visible. The message's file
 * keeps its text unchanged.
 */
function renderEntry(message: Message): string {
  const subject = firstLine(message.subject ?? "", 200).replaceAll("`", "'");
  return renderParts(message, subject && `**\`${subject}\`**`, ">     ");
}

/** As version 0.1.0 rendered it, with the text as Markdown. Its boards are still valid. */
function renderFormerEntry(message: Message): string {
  return renderParts(message, message.subject && `**${firstLine(message.subject, 200)}**`, "> ");
}

function renderParts(message: Message, subject: string | undefined, mark: string): string {
  const title = `## ${message.from} to ${message.to}, ${message.priority}, ${message.sent_at}`;
  const quoted = makeVisible(message.body)
    .split("\n")
    .map((line) => (line === "" ? ">" : `${mark}${line}`));
  return [title, "", ...(subject ? [subject, ""] : []), ...quoted, "", `<sub>${message.id}</sub>`, ""].join(
    "\n",
  );
}
