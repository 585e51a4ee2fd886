import { constants, openSync, readSync } from "node:fs";
import process from "node:process";
import { isWholeEvent } from "./domain/coding-tools/event-text.ts";

/** How long a hook waits for its event. A tool writes it at once. */
const EVENT_TIMEOUT_MS = 2000;

/** The largest event that is read, in bytes. A larger one is ignored, because events of coding tools are small. */
const MAX_EVENT_BYTES = 8_388_608;

/** How much of a larger event is read all the same, in bytes, so that the writing program does not fail. */
const MAX_DRAINED_BYTES = 67_108_864;

const PAUSE_MS = 2;

/**
 * Reads the event on stdin. Returns with the event, because some tools leave stdin open after it, and with an empty text
 * where none comes in time. Reads synchronously: a hook does nothing else meanwhile, and streams cost a tenth of its time.
 */
export async function readEvent(): Promise<string> {
  const input = openWithoutBlocking();
  return input === undefined ? readStream() : readWithoutBlocking(input);
}

/** Opens stdin once more, so that a read never waits. Undefined where the system cannot, as for a socket. */
function openWithoutBlocking(): number | undefined {
  try {
    return openSync("/proc/self/fd/0", constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function readWithoutBlocking(input: number): string {
  const chunks: Buffer[] = [];
  const until = Date.now() + EVENT_TIMEOUT_MS;
  for (let size = 0; size < MAX_DRAINED_BYTES && Date.now() < until; ) {
    const chunk = Buffer.allocUnsafe(65_536);
    const read = readNow(input, chunk);
    if (read === 0) return size > MAX_EVENT_BYTES ? "" : Buffer.concat(chunks).toString("utf8");
    if (read === undefined) {
      pause();
      continue;
    }
    size += read;
    if (size > MAX_EVENT_BYTES) continue;
    chunks.push(chunk.subarray(0, read));
    // A chunk that is not full means that the tool has paused or has written everything.
    const text = read < chunk.length ? Buffer.concat(chunks).toString("utf8") : "";
    if (isWholeEvent(text)) return text;
  }
  return "";
}

/** Returns the number of bytes read, and undefined when there are none yet. A failed read counts as the end. */
function readNow(input: number, chunk: Buffer): number | undefined {
  try {
    return readSync(input, chunk);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EAGAIN" ? undefined : 0;
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

function readStream(): Promise<string> {
  const { stdin } = process;
  return new Promise((resolve) => {
    let text = "";
    const timer = setTimeout(() => end(""), EVENT_TIMEOUT_MS);
    const end = (event: string) => {
      clearTimeout(timer);
      stdin.destroy();
      resolve(event);
    };
    stdin.setEncoding("utf8");
    stdin.on("end", () => end(text)).on("error", () => end(""));
    stdin.on("data", (chunk: string) => {
      text += chunk;
      if (text.length > MAX_EVENT_BYTES) end("");
      else if (isWholeEvent(text)) end(text);
    });
  });
}
