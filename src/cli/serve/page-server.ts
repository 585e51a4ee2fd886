import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { HiveError } from "../../errors.ts";

/** What a page is served of, and what its requests do. */
export interface Served {
  /** The page as HTML, with the newest state. */
  page(): Promise<string>;
  /** The past as JSON. */
  past(): Promise<string>;
  /** Does what a reader of the page wrote; undefined where the page only shows. */
  readonly act?: ((line: string) => Promise<ActAnswer>) | undefined;
}

export interface ActAnswer {
  readonly done: boolean;
  readonly text: string;
}

/** Only processes of this machine can reach it. */
const ADDRESS = "127.0.0.1";
/** More pages at once are nobody's. */
const MAX_LISTENERS = 50;
const MAX_LINE_BYTES = 65_536;
/** So often a silent connection shows that it is there. */
const SIGN_OF_LIFE_MS = 15_000;

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Without any referrer, a browser would not name the origin of an act.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/**
 * Serves one page to the browsers of this machine, and sends them each new state. A request needs the token in its path,
 * names this server as its host, and comes from the page itself: so no other site in the browser can read or do anything.
 */
export class PageServer {
  readonly #token = randomBytes(24).toString("base64url");
  readonly #served: Served;
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch(() => end(response, 500, "The state could not be read."));
  });
  readonly #listeners = new Set<ServerResponse>();
  readonly #pulse = setInterval(() => this.#write(": here\n\n"), SIGN_OF_LIFE_MS);
  #last = "";

  constructor(served: Served) {
    this.#served = served;
  }

  /** Starts to listen; port 0 takes a free one. Returns the address of the page. Throws HiveError. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) => reject(notListening(port, error)));
      this.#server.listen(port, ADDRESS, resolve);
    });
    return `http://${this.#host}/${this.#token}/`;
  }

  get #host(): string {
    return `${ADDRESS}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sends an event to all pages, and to each that comes later until the next one. */
  push(name: string, data: string): void {
    this.#last = `event: ${name}\ndata: ${data}\n\n`;
    this.#write(this.#last);
  }

  async close(): Promise<void> {
    clearInterval(this.#pulse);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #write(text: string): void {
    for (const listener of this.#listeners) listener.write(text);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.#refuse(request);
    if (refusal !== undefined) return end(response, refusal, "This page is for its reader alone.");
    const [, , what = ""] = (request.url ?? "").split("/");
    const route = `${request.method} ${what}`;
    if (route === "GET ") return end(response, 200, await this.#served.page(), "text/html");
    if (route === "GET past") return end(response, 200, await this.#served.past(), "application/json");
    if (route === "GET events") return this.#listen(response);
    if (route === "POST act" && this.#served.act !== undefined)
      return end(response, 200, JSON.stringify(await this.#act(request)), "application/json");
    return end(response, 404, "Nothing is here.");
  }

  /** The status with which a request is refused; undefined where it may be answered. */
  #refuse({ url = "", method, headers }: IncomingMessage): number | undefined {
    const own = [this.#host, this.#host.replace(ADDRESS, "localhost")];
    // A name of another site can be made to lead here; then the browser sends that name.
    if (!own.includes(headers.host ?? "")) return 421;
    const [, token = ""] = url.split("/");
    if (!isSame(token, this.#token)) return 404;
    const { origin, "sec-fetch-site": site } = headers;
    if (origin !== undefined && !own.some((host) => origin === `http://${host}`)) return 403;
    if (site !== undefined && site !== "same-origin" && site !== "none") return 403;
    if (method === "GET") return undefined;
    // What acts has to show that the page sent it. Every browser says so in one of these two ways.
    const isOwn = origin !== undefined || site === "same-origin";
    const isJson = headers["content-type"] === "application/json";
    return method === "POST" && isOwn && isJson ? undefined : 403;
  }

  #listen(response: ServerResponse): void {
    if (this.#listeners.size >= MAX_LISTENERS) {
      end(response, 503, "Too many pages are open.");
      return;
    }
    response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    response.write(`retry: 1000\n\n${this.#last}`);
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
  }

  async #act(request: IncomingMessage): Promise<ActAnswer> {
    const length = Number(request.headers["content-length"] ?? Number.NaN);
    if (!(length <= MAX_LINE_BYTES)) return { done: false, text: "The line is too long." };
    const { line }: { line?: unknown } = JSON.parse((await buffer(request)).toString("utf8"));
    return (await this.#served.act?.(String(line))) ?? { done: false, text: "" };
  }
}

function isSame(text: string, secret: string): boolean {
  const [given, wanted] = [Buffer.from(text), Buffer.from(secret)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function end(response: ServerResponse, status: number, text: string, type = "text/plain"): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { ...HEADERS, "content-type": `${type}; charset=utf-8` }).end(text);
}

function notListening(port: number, error: NodeJS.ErrnoException): HiveError {
  const why = error.code === "EADDRINUSE" ? "another program uses it" : String(error.code);
  return new HiveError(
    "port_taken",
    `Port ${port} cannot be used: ${why}.`,
    "Name another one: hive dashboard --serve --port <port>. Without --port, a free one is taken.",
    { failure: "usage", cause: error },
  );
}
