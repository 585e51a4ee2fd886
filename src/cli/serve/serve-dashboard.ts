import { packPast, readDashboard, readPast } from "../../app/dashboard.ts";
import type { FeedEvent } from "../../app/hive/feed.ts";
import { openWorkplace } from "../../app/workplace/workplace.ts";
import { fillPage } from "../../dashboard/fill-page.ts";
import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { encode } from "../../domain/values/visible.ts";
import type { HiveError } from "../../errors.ts";
import type { CommandAnswer, Context } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { act } from "./act.ts";
import { PageServer } from "./page-server.ts";

/** Presence and ages change with time alone, so the state is sent anew so often at least. */
const REFRESH_MS = 20_000;

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
  const { world, io, globals } = context;
  const { hive } = await context.open();
  // What the feed has fetched is read without asking the hub again.
  const here = context.own(await openWorkplace(world, { ...hubOptionsOf(globals), isOffline: true })).hive;
  const first = await readDashboard(world, hive, globals.offline === true);
  noteReading(context, first.reading);
  let away: HiveError | undefined = first.reading.outdated;
  const read = async (): Promise<Dashboard> => {
    const { shown } = await readDashboard(world, here, false);
    const seen = away === undefined ? null : (here.lastSeen ?? null);
    return { ...shown, outdated: away?.message ?? shown.outdated, seen_at: seen };
  };
  const server = new PageServer({
    page: async () =>
      fillPage(await read(), { live: { writes }, past: packPast((await readPast(world, here)).past) }),
    past: async () => JSON.stringify((await readPast(world, here)).past),
    act: writes ? (line) => act(line, context) : undefined,
  });
  const url = await server.listen(port);
  try {
    if (io.isJson) io.json({ url });
    else io.lines(`${url}\nCtrl-C ends it.`);
    if (opens && !(await world.openFile(url)))
      io.note(`No program here opens it. Open it in a browser: ${url}`);
    io.idle();
    const push = async () => server.push("state", encode(await read()));
    const feed = await hive.follow(first.reading);
    for (;;) {
      const events = feed.events([], REFRESH_MS);
      let next = await events.next();
      for (; next.done !== true; next = await events.next()) {
        away = awayAfter(next.value, away);
        await push();
      }
      if (next.value === "interrupted") return { json: undefined, text: "", isPrinted: true };
      await push();
    }
  } finally {
    await server.close();
  }
}

function awayAfter(event: FeedEvent, before: HiveError | undefined): HiveError | undefined {
  if (event.kind === "away") return event.error;
  return event.kind === "back" ? undefined : before;
}
