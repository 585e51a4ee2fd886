import { packPast, readPast } from "../../app/dashboard.ts";
import { fillPage } from "../../dashboard/fill-page.ts";
import { encode } from "../../domain/values/visible.ts";
import type { CommandAnswer, Context } from "../command.ts";
import { followDashboard } from "../follow-dashboard.ts";
import { noteReading } from "../freshness.ts";
import { act } from "./act.ts";
import { PageServer } from "./page-server.ts";

/** How the page is served. */
export interface Serving {
  readonly port: number;
  readonly writes: boolean;
  readonly opens: boolean;
}

/** Serves the page on this machine, and each new state of the hub, until the user stops it. Throws HiveError. */
export async function serveDashboard(
  context: Context,
  { port, writes, opens }: Serving,
): Promise<CommandAnswer> {
  const { world, io } = context;
  const live = await followDashboard(context);
  noteReading(context, live.reading);
  const server = new PageServer({
    page: async () =>
      fillPage(await live.read(), {
        live: { writes },
        past: packPast((await readPast(world, live.hive)).past),
      }),
    past: async () => JSON.stringify((await readPast(world, live.hive)).past),
    act: writes ? (line) => act(line, context) : undefined,
  });
  const url = await server.listen(port);
  try {
    if (io.isJson) io.json({ url });
    else io.lines(`${url}\nCtrl-C ends it.`);
    if (opens && !(await world.openFile(url)))
      io.note(`No program here opens it. Open it in a browser: ${url}`);
    io.idle();
    for await (const state of live.states()) server.push("state", encode(state));
    return { json: undefined, text: "", isPrinted: true };
  } finally {
    await server.close();
  }
}
