import { Transform, type TransformCallback, type Writable } from "node:stream";
import { isSpecType } from "@modelcontextprotocol/server";

/** The longest frame, in bytes. A transport of the protocol's library ends the server at more than that. */
export const MAX_FRAME_BYTES = 10 * 1024 * 1024;

/** How much of the start and of the end of a longer frame is kept, to find its id. */
const KEPT_BYTES = 300;

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;

type Id = string | number | null;

/**
 * Passes on the frames of a client that are messages of JSON-RPC, one chunk each. The protocol's library drops all others
 * without an answer, and the client would wait: here they are answered as errors.
 */
export class Frames extends Transform {
  readonly #answers: Writable;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** The pieces of a frame whose end has not arrived. Of a frame that is too long, its start and its end. */
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(answers: Writable) {
    super();
    this.#answers = answers;
  }

  override _transform(chunk: Uint8Array, _encoding: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#add(chunk.subarray(start, end));
      this.#endFrame();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    // A client that sends garbage and reads no answer has to wait, so that the answers need no memory here.
    if (this.#answers.writableNeedDrain) this.#answers.once("drain", done);
    else done();
  }

  #add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length <= MAX_FRAME_BYTES) return;
    const whole = Buffer.concat(this.#pieces);
    this.#pieces = [
      Buffer.from(whole.subarray(0, KEPT_BYTES)),
      Buffer.from(whole.subarray(Math.max(KEPT_BYTES, whole.length - KEPT_BYTES))),
    ];
  }

  #endFrame(): void {
    const isTooLong = this.#length > MAX_FRAME_BYTES;
    const frame = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    if (isTooLong) {
      const what = `a message is over ${MAX_FRAME_BYTES / 1024 / 1024} MiB; send less at a time`;
      this.#refuse(idOfLong(frame.toString("latin1")), INVALID_REQUEST, what);
    } else this.#check(frame);
  }

  #check(frame: Uint8Array): void {
    let message: unknown;
    try {
      const text = this.#decoder.decode(frame);
      if (text.trim() === "" && !text.startsWith("\ufeff")) return;
      message = JSON.parse(text);
    } catch {
      this.#refuse(null, PARSE_ERROR, "a line is no JSON in UTF-8; send one message a line");
      return;
    }
    if (isSpecType.JSONRPCMessage(message)) this.push(Buffer.concat([frame, NEWLINE]));
    // An answer is never answered: two programs could go on with that for ever.
    else if (!isAnswer(message))
      this.#refuse(
        idOf(message),
        INVALID_REQUEST,
        "a line is no request of JSON-RPC 2.0; send one object a line, with jsonrpc, method and an id",
      );
  }

  #refuse(id: Id, code: number, what: string): void {
    const title = code === PARSE_ERROR ? "Parse error" : "Invalid request";
    const error = { code, message: `${title}: ${what}.` };
    this.#answers.write(`${JSON.stringify({ jsonrpc: "2.0", id, error })}\n`);
  }
}

const NEWLINE = Buffer.from("\n");

function isAnswer(message: unknown): boolean {
  if (typeof message !== "object" || message === null || "method" in message) return false;
  return "result" in message || "error" in message;
}

function idOf(message: unknown): Id {
  if (typeof message !== "object" || message === null || !("id" in message)) return null;
  const { id } = message;
  return typeof id === "string" || (typeof id === "number" && Number.isInteger(id)) ? id : null;
}

/** The id as the first member of an object, or behind the version; and as its last member. */
const FIRST_ID =
  /^\s{0,9}\{\s{0,9}(?:"jsonrpc"\s{0,9}:\s{0,9}"2\.0"\s{0,9},\s{0,9})?"id"\s{0,9}:\s{0,9}(?<id>\d{1,15}|"[\w.:-]{1,200}")\s{0,9}[,}]/u;
const LAST_ID = /[,{]\s{0,9}"id"\s{0,9}:\s{0,9}(?<id>\d{1,15}|"[\w.:-]{1,200}")\s{0,9}\}\s{0,9}$/u;

/** Returns the id of a frame of which only the start and the end are known. Clients have it in one of these places. */
function idOfLong(ends: string): Id {
  const found = (FIRST_ID.exec(ends) ?? LAST_ID.exec(ends))?.groups?.id;
  return found === undefined ? null : JSON.parse(found);
}
