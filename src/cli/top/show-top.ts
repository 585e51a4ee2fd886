import { zoneOf } from "../../app/zone.ts";
import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { Key, World } from "../../world.ts";
import type { Context } from "../command.ts";
import type { LiveDashboard } from "../follow-dashboard.ts";
import type { Paint } from "../render/table.ts";
import { Times } from "../render/times.ts";
import { type Choice, choose, OVERVIEW } from "./choice.ts";
import { ENTER, frame, LEAVE } from "./frame.ts";
import { type Screen, type Size, screen } from "./screen.ts";

/** The shortest time between two frames. */
const FRAME_MS = 100;
/** Ages change with time alone. */
const TICK_MS = 1000;
/** The size of a terminal that does not tell it. */
const DEFAULT_SIZE: Size = { columns: 80, rows: 24 };

/** What happened since the last frame. */
interface Inbox {
  readonly keys: Key[];
  state: Dashboard;
  /** The terminal has another size, or its screen is to be drawn anew. */
  isStale: boolean;
  failure: { readonly error: unknown } | undefined;
  /** Tells that something happened. */
  wake: () => void;
}

/**
 * Shows a dashboard on the whole terminal until the user ends it, and gives the terminal back. Returns false, and shows
 * nothing, where there is no keyboard. Throws HiveError.
 */
export async function showTop(
  { world, io }: Pick<Context, "world" | "io">,
  live: Pick<LiveDashboard, "first" | "states">,
): Promise<boolean> {
  const inbox: Inbox = {
    keys: [],
    state: live.first,
    isStale: true,
    failure: undefined,
    wake: () => undefined,
  };
  world.listenForStop();
  const giveBack = await world.takeKeyboard(
    (key) => {
      inbox.keys.push(key);
      inbox.wake();
    },
    () => {
      inbox.isStale = true;
      inbox.wake();
    },
  );
  if (giveBack === undefined) return false;
  io.idle();
  world.out(ENTER);
  const following = follow(live.states(), inbox);
  try {
    await drawUntilEnd(world, io.style, inbox);
  } finally {
    world.out(LEAVE);
    giveBack();
    // The hub is followed no longer.
    world.stop();
    await following;
  }
  return true;
}

async function follow(states: AsyncGenerator<Dashboard>, inbox: Inbox): Promise<void> {
  try {
    for await (const state of states) {
      inbox.state = state;
      inbox.wake();
    }
  } catch (error) {
    inbox.failure = { error };
    inbox.wake();
  }
}

async function drawUntilEnd(world: World, paint: Paint, inbox: Inbox): Promise<void> {
  const zone = zoneOf(world);
  let choice: Choice | undefined = OVERVIEW;
  let before: readonly string[] | undefined;
  for (;;) {
    const awoken = new Promise<void>((resolve) => {
      inbox.wake = resolve;
    });
    if (inbox.failure !== undefined) throw inbox.failure.error;
    const size = sizeOf(world);
    const times = new Times(toInstant(world.now()), true, () => zone);
    const lay = (chosen: Choice) => screen(inbox.state, times, size, chosen, paint);
    choice = obey(inbox, choice, lay);
    if (choice === undefined) return;
    const { lines } = lay(choice);
    const bytes = frame(inbox.isStale ? undefined : before, lines, size);
    if (bytes !== "") world.out(bytes);
    before = lines;
    inbox.isStale = false;
    if ((await world.sleep(FRAME_MS)) === "interrupted") return;
    if ((await world.sleep(TICK_MS - FRAME_MS, awoken)) === "interrupted") return;
  }
}

/** What the keys make of a choice; undefined where they end the program. What one key does depends on what the last one showed. */
function obey(inbox: Inbox, before: Choice, lay: (choice: Choice) => Screen): Choice | undefined {
  let choice: Choice | undefined = before;
  for (const key of inbox.keys.splice(0)) {
    if (key.name === "ctrl-l") inbox.isStale = true;
    choice = choose(choice, key, lay(choice).reach);
    if (choice === undefined) return undefined;
  }
  return choice;
}

function sizeOf(world: World): Size {
  const [columns, rows] = [world.columns(), world.rows()];
  return columns > 0 && rows > 0 ? { columns, rows } : DEFAULT_SIZE;
}
