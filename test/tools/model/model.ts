import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { anthropic } from "./anthropic.ts";
import { chat } from "./chat.ts";
import type { Body, Call, Dialect, Reply, Turn } from "./dialect.ts";
import { gemini } from "./gemini.ts";
import { responses } from "./responses.ts";

const DIALECTS: readonly Dialect[] = [anthropic, responses, chat, gemini];

/** What the model says where its script has no call left. */
const DONE = "That is done.";

/** One request that may call tools: what a turn of a session sent to the model. */
export interface Request {
  /** The body as text, without the tools that it offers. */
  readonly text: string;
  /** The tools that it offers, as text. */
  readonly tools: string;
}

/** A model on this host that does what each prompt's script says, in the dialects of all services. It keeps what it was asked. */
export class ScriptedModel {
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  readonly #scripts = new Map<string, readonly Call[]>();
  readonly requests: Request[] = [];
  /** What was asked of it that no dialect knows. */
  readonly unknown: string[] = [];
  #count = 0;

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where a prompt with this text comes, the model makes these calls, one after the other. Replaces its former calls. */
  script(prompt: string, calls: readonly Call[]): void {
    this.#scripts.delete(prompt);
    this.#scripts.set(prompt, calls);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const text = await readAll(request);
    const dialect = DIALECTS.find((each) => each.path.test(path));
    if (dialect !== undefined) return send(response, this.#answer(dialect, JSON.parse(text || "{}"), path));
    if (/count_?tokens/i.test(path)) return send(response, { json: { input_tokens: 10, totalTokens: 10 } });
    if (/\/models(?:\?|$)/.test(path))
      return send(response, {
        json: { object: "list", data: [{ id: "scripted", object: "model" }], models: [] },
      });
    this.unknown.push(`${request.method} ${path}`);
    response.writeHead(404, { "content-type": "application/json" }).end('{"error":{"message":"not here"}}');
  }

  #answer(dialect: Dialect, body: Body, path: string): Reply {
    const isTurn = dialect.offersTools(body);
    const { tools, ...rest } = body;
    if (isTurn) this.requests.push({ text: JSON.stringify(rest), tools: JSON.stringify(tools) });
    const call = isTurn ? this.#next(dialect.read(body)) : undefined;
    return dialect.reply(body, call, DONE, `scripted${++this.#count}`, path);
  }

  /**
   * The call that comes next: the newest text with a script, less the results since then. Of two prompts in one text, the
   * one that was scripted last is the session's own: the other one tells what another session works on.
   */
  #next(turns: readonly Turn[]): Call | undefined {
    const scripts = turns.map((turn) =>
      turn === "result"
        ? undefined
        : [...this.#scripts].findLast(([prompt]) => turn.user.includes(prompt))?.[1],
    );
    const at = scripts.findLastIndex((script) => script !== undefined);
    return scripts[at]?.[turns.slice(at + 1).filter((turn) => turn === "result").length];
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, reply: Reply): void {
  if ("json" in reply) {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply.json));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  for (const [name, data] of reply.events) {
    const line = typeof data === "string" ? data : JSON.stringify(data);
    response.write(`${name === "" ? "" : `event: ${name}\n`}data: ${line}\n\n`);
  }
  response.end();
}
