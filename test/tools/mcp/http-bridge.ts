import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { MAIN, type Machine } from "../../support/processes.ts";

interface Message {
  readonly id?: unknown;
  readonly method?: string;
}

/**
 * Gives programs that only know HTTP the server on stdio. Each session has a `hive mcp` of its own, and every frame passes
 * unchanged in both directions: what is answered is the answer of `hive mcp`. Where a session begins and ends, and the
 * rules for HTTP itself, are the bridge's.
 */
export async function openBridge(machine: Machine): Promise<{ url: string; close(): Promise<void> }> {
  const sessions = new Map<string, Session>();
  const server = createServer(async (request, response) => {
    const id = String(request.headers["mcp-session-id"] ?? "");
    // A session ends with the bridge.
    if (request.method !== "POST") return void response.writeHead(405).end();
    const message = JSON.parse(await text(request)) as Message;
    const isFirst = message.method === "initialize";
    const name = isFirst ? String(sessions.size + 1) : id;
    const session = isFirst ? new Session(machine) : sessions.get(id);
    if (session === undefined) return void response.writeHead(404).end();
    sessions.set(name, session);
    const answer = await session.send(message);
    if (answer === undefined) return void response.writeHead(202).end();
    response.writeHead(200, { "Content-Type": "application/json", "Mcp-Session-Id": name }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: () => {
      for (const session of sessions.values()) session.end();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** One `hive mcp`, and the requests that wait for its answers. */
class Session {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<unknown, (line: string) => void>();

  constructor(machine: Machine) {
    this.#child = machine.start(process.execPath, [MAIN, "mcp"]);
    this.#child.stderr?.resume();
    createInterface({ input: this.#child.stdout ?? process.stdin }).on("line", (line) => {
      const { id } = JSON.parse(line) as Message;
      this.#waiting.get(id)?.(line);
      this.#waiting.delete(id);
    });
  }

  /** Passes a message on. Returns the line that answers it; undefined for a message that has no answer. */
  send(message: Message): Promise<string | undefined> {
    const { id } = message;
    const isAsking = id !== undefined && message.method !== undefined;
    const answered = new Promise<string>((resolve) => this.#waiting.set(id, resolve));
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
    return isAsking ? answered : Promise.resolve(undefined);
  }

  end(): void {
    this.#child.stdin?.end();
  }
}
