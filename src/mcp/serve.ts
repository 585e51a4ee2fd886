// A file of its own, because it loads the protocol's library.
import type { Readable, Writable } from "node:stream";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { HubOptions } from "../hub-options.ts";
import type { World } from "../world.ts";
import { Connections } from "./connections.ts";
import { Frames, MAX_FRAME_BYTES } from "./frames.ts";
import { buildServer } from "./server.ts";

/** The streams of a client. They carry only JSON-RPC. */
interface Wire {
  readonly input: Readable;
  readonly output: Writable;
}

/** Serves the Model Context Protocol until the client closes its end. Never throws: failures are answers of calls. */
export async function serve(world: World, options: HubOptions, { input, output }: Wire): Promise<void> {
  const connections = new Connections(world, options);
  const closed = new Promise<void>((resolve) => {
    for (const event of ["end", "close", "error"]) input.once(event, () => resolve());
    output.once("error", () => resolve());
  });
  const handle = serveStdio(() => buildServer(connections, world.version), {
    transport: new StdioServerTransport(input.pipe(new Frames(output)), output, {
      // And the end of the line.
      maxBufferSize: MAX_FRAME_BYTES + 1,
    }),
    onerror: ({ message }) => world.err(`${message}\n`),
  });
  await closed;
  await handle.close();
  await connections.close();
}
