// By itself, for it brings the protocol's library along.
import type { Readable, Writable } from "node:stream";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { HubOptions } from "../hub-options.ts";
import type { World } from "../world.ts";
import { HubConnection } from "./connection.ts";
import { buildServer } from "./server.ts";

/** The streams that a client talks on: JSON-RPC and nothing else. */
interface Wire {
  readonly input: Readable;
  readonly output: Writable;
}

/** Speaks the Model Context Protocol until the client closes its end. Nothing is thrown: calls tell what failed. */
export async function serve(world: World, options: HubOptions, { input, output }: Wire): Promise<void> {
  const connection = new HubConnection(world, options);
  const closed = new Promise<void>((resolve) => {
    for (const event of ["end", "close", "error"]) input.once(event, () => resolve());
    output.once("error", () => resolve());
  });
  const handle = serveStdio(() => buildServer(connection, world.version), {
    transport: new StdioServerTransport(input, output),
    onerror: ({ message }) => world.err(`${message}\n`),
  });
  await closed;
  await handle.close();
  await connection.close();
}
