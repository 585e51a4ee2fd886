import type { Feed, FeedEnd } from "../app/hive/feed.ts";
import { findFirstHappening, type Happening, type Waiter } from "../domain/activity/await.ts";
import { type AwaitOptions, readAwaited } from "../domain/activity/read-awaited.ts";
import type { Collaboration } from "../domain/requests/collaboration.ts";
import type { RequestId } from "../domain/values/ids.ts";
import { nearNames } from "../domain/values/near.ts";
import { isReference } from "../domain/values/reference.ts";
import { toInstant } from "../domain/values/time.ts";
import { wrongCall } from "../errors.ts";
import type { Context } from "./command.ts";
import { noteEvent } from "./follow.ts";
import { failureOf } from "./submit.ts";

/** The list of valid words, for the error about an invalid word. */
export const WORDS =
  "request, message, a request's id, a message's id, or a session. Example: hive wait message --timeout 10m";

/** Words that need to know the author's session. */
export const AUTHOR_WORDS: readonly string[] = ["request", "message"];

const PARTS = ["settings", "sessions", "heartbeats", "collaborations", "messages"] as const;

/** Waits for the first event of the words; returns at once where one has already happened. Throws RefusedError, HiveError. */
export async function awaitFirst(
  context: Context,
  feed: Feed,
  words: readonly string[],
  awaitOptions: AwaitOptions & Waiter & { readonly mayRegister: boolean },
  seconds = Number.POSITIVE_INFINITY,
): Promise<Happening | FeedEnd> {
  const { world, io } = context;
  const state = await readState(feed, words);
  const awaited = words.map((word) => {
    const read = readAwaited(word, state, awaitOptions);
    if (read === undefined)
      throw wrongCall(`hive wait cannot wait for ${JSON.stringify(word)}.`, `Give ${WORDS}`);
    if (read.kind === "refusal") throw failureOf(read);
    if (read.kind === "session" && !state.sessions.has(read.id)) {
      if (!awaitOptions.mayRegister) throw unknownWord(word, state.sessions.keys());
      io.note(`${word} is not registered yet.`);
    }
    return read;
  });
  const waiter = {
    session: awaitOptions.session,
    marks: awaitOptions.marks,
  };
  const find = (now: typeof state) => findFirstHappening(now, awaited, waiter, toInstant(world.now()));
  const already = find(state);
  if (already !== undefined) return already;
  io.idle();
  const events = feed.events([], seconds * 1000);
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    if (next.value.kind !== "news") noteEvent(context, next.value);
    const happening = find(await readState(feed, words));
    if (happening === undefined) continue;
    await events.return("interrupted");
    return happening;
  }
}

/** The error for a word that names nothing here: waiting for it could last for ever. */
function unknownWord(word: string, sessions: Iterable<string>): Error {
  const meant = nearNames(word, [...AUTHOR_WORDS, ...sessions]);
  const hint = meant.length > 0 ? `Did you mean ${meant.join(" or ")}?` : `Give ${WORDS}`;
  return wrongCall(
    `Nothing here is called ${word}: no session, no request and no message.`,
    `${hint.replace(/[^?]$/, "$&.")} A session that will register: hive wait ${word} --unregistered`,
  );
}

/** Reads the state; the archive only where a request is not among the open requests. */
async function readState(feed: Feed, words: readonly string[]) {
  const { state } = await feed.read(PARTS);
  const ids = [...state.collaborations.keys()];
  const needsNoArchive = (word: string) =>
    !word.startsWith("collab-") || ids.some((id) => isReference(word, id));
  if (words.every(needsNoArchive)) return { ...state, archived: new Map<RequestId, Collaboration>() };
  return { ...state, ...(await feed.read(["archived"])).state };
}
