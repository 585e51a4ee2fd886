import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Sandbox } from "../sandbox.ts";
import { ApiOperation } from "./contract.ts";
import type { Account } from "./records.ts";
import { type Answer, RepositoryModel } from "./repository.ts";

/** What goes wrong with the next request of one kind, in order. */
export interface Fault {
  /** `POST /repos/{owner}/{repo}/issues`, or the start of it. */
  readonly on: string;
  readonly does:
    | "dropped before"
    | "dropped after"
    | "502"
    | "502 after"
    | "secondary limit"
    | "primary limit"
    | "rejected";
}

export const ACCOUNTS = {
  /** What a workflow's own token acts as. */
  "bot-token": {
    login: "github-actions[bot]",
    type: "Bot",
    association: "NONE",
    mayWrite: true,
    seesTeams: false,
  },
  "read-token": {
    login: "github-actions[bot]",
    type: "Bot",
    association: "NONE",
    mayWrite: false,
    seesTeams: false,
  },
  "app-token": { login: "hive-app[bot]", type: "Bot", association: "NONE", mayWrite: true, seesTeams: true },
  "owner-token": { login: "olga", type: "User", association: "OWNER", mayWrite: true, seesTeams: true },
  stranger: { login: "mallory", type: "User", association: "NONE", mayWrite: false, seesTeams: false },
} as const satisfies Record<string, Account>;

/**
 * A server that stands for GitHub: it checks every request and every answer of its own against GitHub's description,
 * and keeps what does not fit in `violations`. What it does not model fails loudly there.
 */
export class GitHubServer {
  readonly repository: RepositoryModel;
  readonly violations: string[] = [];
  /** Who acts by which token. */
  readonly accounts = new Map<string, Account>(Object.entries(ACCOUNTS));
  /** Every request that was understood, as the name of its operation. */
  readonly requests: string[] = [];
  readonly faults: Fault[] = [];
  readonly #now: () => number;
  readonly #server: Server;

  constructor(now: () => number) {
    this.repository = new RepositoryModel(now);
    this.#now = now;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error) => {
        this.violations.push(String(error));
        request.socket.destroy();
      });
    });
  }

  /** Opens one for a sandbox, closed with it. */
  static async open(sandbox: Sandbox, now: () => number = () => sandbox.clock.now): Promise<GitHubServer> {
    const server = new GitHubServer(now);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    sandbox.atEnd(() => server.#close());
    return server;
  }

  /** Where its API is, with the slash that people write. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v3`;
  }

  /** What a workflow has in its environment. */
  env(token: keyof typeof ACCOUNTS = "bot-token"): Record<string, string> {
    return {
      GITHUB_API_URL: this.url,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: this.repository.name,
      GITHUB_TOKEN: token,
    };
  }

  /** How often an operation was asked for. */
  count(name: string): number {
    return this.requests.filter((each) => each === name).length;
  }

  #close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    const url = new URL(request.url ?? "/", "http://github");
    if (!url.pathname.startsWith("/api/v3/")) throw new Error(`not under the API: ${url.pathname}`);
    const operation = ApiOperation.find(request.method ?? "", url.pathname.slice("/api/v3".length));
    if (!operation) throw new Error(`not in the slice: ${request.method} ${url.pathname}`);
    this.requests.push(operation.name);
    const fault = this.#takeFault(operation.name);
    if (fault === "dropped before") return void request.socket.destroy();
    const answer = this.#faulty(fault) ?? (await this.#serve(operation, request, url.searchParams, sent));
    if (fault === "dropped after") return void request.socket.destroy();
    this.violations.push(...operation.checkResponse(answer.status, answer.body));
    send(
      response,
      `${this.url}${url.pathname.slice("/api/v3".length)}`,
      fault === "502 after" ? { status: 502 } : answer,
    );
  }

  async #serve(
    operation: ApiOperation,
    request: IncomingMessage,
    query: URLSearchParams,
    sent: string,
  ): Promise<Answer> {
    if (!request.headers["user-agent"]?.startsWith("git-hive/"))
      return refuseAll(403, "Request forbidden: no user agent");
    const by = this.#accountOf(request.headers.authorization);
    if (!by) return refuseAll(401, "Bad credentials");
    const body: unknown = sent === "" ? undefined : JSON.parse(sent);
    this.violations.push(...operation.checkRequest(query, body));
    const { name, params } = operation;
    return this.repository.answer({ name, params, query, body: (body ?? {}) as Record<string, unknown>, by });
  }

  /** Without a token, whoever reads a public repository. */
  #accountOf(header: string | undefined): Account | undefined {
    if (header === undefined) return ACCOUNTS.stranger;
    return this.accounts.get(/^(?:token|bearer) (.+)$/i.exec(header)?.[1] ?? "");
  }

  #takeFault(name: string): Fault["does"] | undefined {
    const index = this.faults.findIndex(({ on }) => name === on);
    return index < 0 ? undefined : this.faults.splice(index, 1)[0]?.does;
  }

  /** GitHub's own words, for only they tell one limit from another. */
  #faulty(fault: Fault["does"] | undefined): Answer | undefined {
    if (fault === "502") return { status: 502 };
    if (fault === "rejected") {
      const { status: _, ...body } = refuseAll(422, "Validation Failed").body as Record<string, string>;
      return { status: 422, body };
    }
    if (fault === "secondary limit")
      return {
        ...refuseAll(
          403,
          "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        ),
        headers: { "retry-after": "60" },
      };
    if (fault === "primary limit") {
      const reset = String(Math.ceil(this.#now() / 1000) + 3000);
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      return { ...refuseAll(403, "API rate limit exceeded for installation."), headers };
    }
    return undefined;
  }
}

function refuseAll(status: number, message: string): Answer {
  return {
    status,
    body: { message, documentation_url: "https://docs.github.com/rest", status: String(status) },
  };
}

function send(response: ServerResponse, base: string, { status, body, headers = {} }: Answer): void {
  const link = headers.link === undefined ? {} : { link: headers.link.replace("NEXT", base) };
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers, ...link });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
