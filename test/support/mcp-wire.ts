import { PassThrough } from "node:stream";
import { expect } from "vitest";
import { serve } from "../../src/mcp/serve.ts";
import { openSandbox } from "./git-sandbox.ts";

export interface Answer {
  readonly id?: unknown;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

const HELLO_ID = 0;

/** The first frame of a client that speaks a version of the protocol. */
function hello(protocolVersion: string): string {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } };
  return `${JSON.stringify({ jsonrpc: "2.0", id: HELLO_ID, method: "initialize", params })}\n`;
}

/** A server that was greeted, what it answers, and a question that shows that it goes on. */
export function openWire(version = "2025-06-18") {
  const sandbox = openSandbox();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ended = serve(sandbox.world(), {}, { input, output });
  sandbox.atEnd(async () => {
    input.end();
    await ended;
  });
  const answers: Answer[] = [];
  let waiting: (() => void)[] = [];
  let rest = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    answers.push(...lines.map((line) => JSON.parse(line)));
    const resumed = waiting;
    waiting = [];
    for (const resume of resumed) resume();
  });
  const send = (...frames: (string | Uint8Array)[]) => {
    for (const frame of frames) input.write(frame);
  };
  const answerTo = async (id: unknown): Promise<Answer> => {
    for (;;) {
      const found = answers.find((answer) => answer.id === id);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  /** The answers to these frames, once a later question has its answer. */
  const answersTo = async (...frames: (string | Uint8Array)[]): Promise<Answer[]> => {
    const before = answers.length;
    const id = `alive-${before}-${frames.length}`;
    send(...frames, `${JSON.stringify({ jsonrpc: "2.0", id, method: "ping" })}\n`);
    expect(await answerTo(id)).toMatchObject({ result: {} });
    return answers.slice(before).filter((answer) => ![id, HELLO_ID].some((known) => known === answer.id));
  };
  send(hello(version));
  return { greeting: answerTo(HELLO_ID), answerTo, answersTo };
}
