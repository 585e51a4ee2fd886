import { execFileSync, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { Sandbox } from "./sandbox.ts";

export const SECRET = "s3cret-Pass.word";
/** The login the server lets in, unless a test adds others. */
const LOGIN = `ada:${SECRET}`;

/** What goes wrong with requests by chance: of all of them so many, each from 0 to 1. Together at most 1. */
export interface Faults {
  /** From 0 up to 1, seeded by whoever wants to see the same again. */
  random(): number;
  /** Lost on their way, before git sees them. */
  readonly dropBefore?: number;
  /** Done by git, and the reply is lost. */
  readonly dropAfter?: number;
  /** Answered with 503. */
  readonly unavailable?: number;
  /** Answered with 429. */
  readonly throttled?: number;
  /** Done by git, and the reply ends in the middle. */
  readonly cut?: number;
  /** Kept waiting for `slowMs`, and done then. */
  readonly slow?: number;
  readonly slowMs?: number;
}
const FAULTS = ["dropBefore", "dropAfter", "unavailable", "throttled", "cut", "slow"] as const;

/** The program itself: by way of `git`, every request would start one process more. */
const BACKEND = join(execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim(), "git-http-backend");

/** What a server needs to know of a sandbox: it serves what lies in its `hubs`. */
type Place = Pick<Sandbox, "directory" | "env">;

/** The sandbox's bare hubs behind git's own smart-HTTP server on this machine, closed with the sandbox. */
export async function openHttpHub(sandbox: Sandbox, options: { delay?: number } = {}): Promise<HttpHub> {
  const hub = new HttpHub(sandbox, options.delay);
  await hub.listen();
  sandbox.atEnd(() => hub.close());
  return hub;
}

/** A server with a password, and faults that a test sets. */
export class HttpHub {
  /** Requests of any kind that came in. */
  requests = 0;
  /** Pushes that git saw. */
  pushes = 0;
  /** So many pushes lose their connection before git sees them. curl may send a lost one again by itself. */
  dropBefore = 0;
  /** So many pushes are done by git and lose their connection before it is said. */
  dropAfter = 0;
  /** What every request is answered with, while it is set. */
  status: number | undefined;
  /** What its clock says, in milliseconds since the epoch; undefined is the real time. */
  time: number | undefined;
  /** Faults by chance, while they are set. */
  faults: Faults | undefined;
  /** Who is let in, by `user:password`, and whether they may push. */
  readonly visitors = new Map<string, "reads" | "writes">([[LOGIN, "writes"]]);
  /** Done once, when the next push has come in and git has not seen it. */
  beforePush: (() => Promise<unknown>) | undefined;
  /** Done once, when git is done with the next push and has not said so. */
  afterPush: (() => unknown) | undefined;
  readonly #sandbox: Place;
  readonly #delay: number | undefined;
  readonly #server: Server;
  #port = 0;

  constructor(sandbox: Place, delay?: number) {
    this.#sandbox = sandbox;
    this.#delay = delay;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => request.socket.destroy());
    });
  }

  /** The address of a hub, with a login in it. */
  url(name = "hub", login = LOGIN): string {
    return `http://${login}@127.0.0.1:${this.#port}/${name}.git`;
  }

  /** Opens at any free port; after a `close`, at the one it had before. */
  listen(): Promise<void> {
    return new Promise((resolve) =>
      this.#server.listen(this.#port, "127.0.0.1", () => {
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      }),
    );
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    if (this.time !== undefined) response.setHeader("Date", new Date(this.time).toUTCString());
    const body = await buffer(request);
    if (this.#delay !== undefined) await wait(this.#delay);
    const fault = drawFault(this.faults);
    if (fault === "slow") await wait(this.faults?.slowMs);
    if (fault === "dropBefore") return void request.socket.destroy();
    if (fault === "unavailable") return void response.writeHead(503).end("Not now.\n");
    if (fault === "throttled") return void response.writeHead(429, { "Retry-After": "1" }).end("Too many.\n");
    const reply = (output: Buffer) =>
      fault === "dropAfter"
        ? void request.socket.destroy()
        : fault === "cut"
          ? cutAnswer(response, output)
          : answer(response, output);
    const status = this.status ?? this.#refusal(request);
    if (status !== undefined)
      return void response.writeHead(status, { "WWW-Authenticate": 'Basic realm="hub"' }).end("No.\n");
    if (request.method !== "POST" || !request.url?.endsWith("/git-receive-pack"))
      return reply(await runBackend(this.#sandbox, request, body));
    // A host's outbox goes by a push of its own beside that of the branch.
    if (!body.subarray(0, 400).includes("refs/heads/main"))
      return reply(await runBackend(this.#sandbox, request, body));
    if (this.dropBefore-- > 0) return void request.socket.destroy();
    const before = this.beforePush;
    this.beforePush = undefined;
    await before?.();
    this.pushes++;
    const output = await runBackend(this.#sandbox, request, body);
    const after = this.afterPush;
    this.afterPush = undefined;
    await after?.();
    if (this.dropAfter-- > 0) request.socket.destroy();
    else reply(output);
  }

  #refusal({ headers, url = "" }: IncomingMessage): number | undefined {
    const [, login = ""] = /^basic (.*)$/i.exec(headers.authorization ?? "") ?? [];
    const right = this.visitors.get(Buffer.from(login, "base64").toString());
    if (right === undefined) return 401;
    return right === "reads" && url.includes("git-receive-pack") ? 403 : undefined;
  }
}

/** The fault that falls to a request, if any does. */
function drawFault(faults: Faults | undefined): (typeof FAULTS)[number] | undefined {
  if (faults === undefined) return undefined;
  let left = faults.random();
  return FAULTS.find((fault) => {
    left -= faults[fault] ?? 0;
    return left < 0;
  });
}

/** Hands one request to `git http-backend`, a CGI program, and takes what it prints. */
async function runBackend(sandbox: Place, request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const url = new URL(request.url ?? "/", "http://hub");
  const child = spawn(BACKEND, [], {
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      ...sandbox.env,
      GIT_PROJECT_ROOT: join(sandbox.directory, "hubs"),
      GIT_HTTP_EXPORT_ALL: "1",
      REMOTE_USER: "ada",
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers["content-type"],
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
      GIT_PROTOCOL: [request.headers["git-protocol"]].flat().join(":"),
    },
  });
  child.stdin.on("error", () => undefined).end(body);
  return buffer(child.stdout);
}

/** Turns a CGI answer into an HTTP one. */
function answer(response: ServerResponse, output: Buffer): void {
  response.end(output.subarray(writeHeaders(response, output)));
}

/** The same with the first half of its body, and then the connection is gone. */
function cutAnswer(response: ServerResponse, output: Buffer): void {
  const start = writeHeaders(response, output);
  response.write(output.subarray(start, Math.ceil((start + output.length) / 2)), () => response.destroy());
}

/** Sets the headers of a CGI answer; where its body starts. */
function writeHeaders(response: ServerResponse, output: Buffer): number {
  const end = output.indexOf("\r\n\r\n");
  const headers = output.toString("latin1", 0, end).split("\r\n");
  for (const [name = "", value = ""] of headers.map((line) => line.split(/:\s*/, 2))) {
    if (name.toLowerCase() === "status") response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  return end + 4;
}
