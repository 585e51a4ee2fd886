import type { Hive } from "../../app/hive/hive.ts";
import { answeredQuestions } from "../../domain/inbox/mail.ts";
import { findMessage, thread as threadIn, threadOf } from "../../domain/messages/find.ts";
import type { Message } from "../../domain/messages/message.ts";
import { noSuchMessage } from "../../domain/messages/refusals.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import { requestsNamed } from "../../domain/requests/find.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { toInstant } from "../../domain/values/time.ts";
import { ulidTime } from "../../domain/values/ulid.ts";
import { RefusedError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { MESSAGE, RECORD } from "../prints.ts";
import { renderMessage } from "../render/message.ts";
import { UNVERIFIED } from "../render/quoted.ts";
import { renderStory } from "../render/request.ts";
import { timesOf } from "../render/times.ts";
import { failureOf } from "../submit.ts";

export const thread: Command = {
  usage: "<message|request>",
  notes: [
    "Name a message or a request by its id, or by a unique start or end of it. Of a request it also shows the state: who",
    "asked, who has it, each step with its time and note, and its handovers.",
  ],
  examples: ["hive thread 01KG9M2V00", "hive thread k3f9", "hive thread collab-1763229251-k3f9 --json"],
  prints: `thread?, messages[] ${MESSAGE}, request? ${RECORD}, handovers?[] ${RECORD}`,
  async run(context, [id = ""]) {
    const { hive, knownIdentity } = await context.open();
    const read = await hive.read(["messages", "collaborations"]);
    noteReading(context, read);
    const named = await requestOf(hive, read.state.collaborations, id);
    const messages = await wholeThread(hive, read.state.messages, named?.message_id ?? id).catch(
      (error: unknown) => {
        // A request that was imported, or whose messages are gone, is shown without them.
        if (named !== undefined && error instanceof RefusedError && error.refusal.code === UNKNOWN) return [];
        throw error;
      },
    );
    const about = named ?? (await requestOf(hive, read.state.collaborations, messages[0]?.request_id));
    const handovers = [...read.state.collaborations.values()]
      .filter(({ handoff }) => about !== undefined && handoff?.request === about.request_id)
      .sort(inOrderOf(({ request_id }) => request_id));
    const known = [...read.state.messages, ...messages];
    const ids = known.map((message) => message.id);
    const session = knownIdentity()?.session;
    const reader = {
      session,
      times: timesOf(context),
      paint: context.io.style,
      ids,
      answered: answeredQuestions(known),
      requests: read.state.collaborations,
    };
    const isQuoting = about !== undefined || messages.some(({ from }) => from !== session);
    const isTextShown = messages.some(({ request_id }) => request_id === about?.request_id);
    const text = [
      ...(isQuoting ? [UNVERIFIED] : []),
      ...(about === undefined ? [] : renderStory({ request: about, handovers, isTextShown }, reader.times)),
      ...messages.flatMap((message) => renderMessage(message, reader)),
    ];
    const story = about === undefined ? {} : { request: about, handovers };
    return { json: { thread: messages[0] && threadOf(messages[0]), messages, ...story }, text };
  },
};

/** The code of the refusal of an id that no message has. */
const UNKNOWN = "unknown_message";

/** Returns the one request, live or archived, that a text names; undefined for none. */
async function requestOf(
  hive: Hive,
  live: ReadonlyMap<string, Collaboration>,
  text: string | undefined,
): Promise<Collaboration | undefined> {
  if (text === undefined) return undefined;
  const [found, second] = requestsNamed(live.values(), text);
  if (found !== undefined) return second === undefined ? found : undefined;
  const { archived } = (await hive.recall(["archived"])).state;
  const [old, other] = requestsNamed(archived.values(), text);
  return other === undefined ? old : undefined;
}

/** Returns the whole conversation. Reads the archive only where it began before the newest messages. Throws RefusedError. */
async function wholeThread(hive: Hive, newest: readonly Message[], id: string): Promise<readonly Message[]> {
  const recent = findMessage(newest, id);
  const isArchived = "kind" in recent && recent.code === UNKNOWN;
  const found = isArchived ? findMessage(await messagesWith(hive, id), id) : recent;
  if ("kind" in found) throw found.code === UNKNOWN ? new RefusedError(noSuchMessage(id)) : failureOf(found);
  const first = threadOf(found.message);
  const isRecent = newest.some((message) => message.id === first);
  return threadIn(isRecent ? newest : await messagesWith(hive, first), first);
}

/** Returns all messages whose text has the id. They are at most a day older than the id, because a message lands after its id is made. */
async function messagesWith(hive: Hive, id: string): Promise<readonly Message[]> {
  const made = timeIn(id);
  const since = made === undefined ? undefined : toInstant(Math.max(0, made - DAY_MS));
  const texts = [id.toUpperCase(), id.toLowerCase()];
  return (await hive.history.archived("messages", (each) => texts.some((text) => each.includes(text)), since))
    .values;
}

/** The time that the start of an id tells, in milliseconds since the epoch; undefined for the end of an id. */
function timeIn(id: string): number | undefined {
  const seconds = /^collab-(\d{10})/i.exec(id)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  return /^[0-7][0-9A-HJKMNP-TV-Z]{9,25}$/i.test(id) ? ulidTime(id.toUpperCase()) : undefined;
}

const DAY_MS = 86_400_000;
