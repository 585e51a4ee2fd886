import type { Hive } from "../../app/hive/hive.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import type { TextHit } from "../../domain/search/search-texts.ts";
import { count } from "../../domain/values/count.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Context } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { quote, UNVERIFIED } from "../render/quoted.ts";
import { type Times, timesOf } from "../render/times.ts";
import { limitOf } from "../submit.ts";

export const search: Command = {
  usage: "<words...>",
  options: [
    ["--all", "search all messages and requests, also in the archive; slow in a long history"],
    ["-n, --limit <n>", "at most this many hits (10)"],
  ],
  examples: ["hive search staging port", 'hive search "database migration" --all'],
  prints: "query, hits[] {id, kind, from, to?, at, excerpt}, looked {messages, requests, all}",
  async run(context, words, options) {
    const limit = limitOf(options.limit) ?? 10;
    const query = words.join(" ");
    const { mayMention, searchTexts } = await import("../../domain/search/search-texts.ts");
    const { readTerms } = await import("../../domain/search/terms.ts");
    if (readTerms(query).length === 0)
      throw wrongCall(
        "These words are too common to search for.",
        'Add a word of the topic, for example: hive search "staging port"',
      );
    const { hive, knownIdentity } = await context.open();
    const isAll = options.all === true;
    const { messages, requests, looked } = await textsOf(
      context,
      hive,
      isAll ? mayMention(query) : undefined,
    );
    const hits = searchTexts(messages, requests, query, limit);
    const searched = `${isAll ? "all" : "the newest"} ${count(looked.messages, "message")}`;
    const end = `Searched ${searched} and ${isAll ? "all " : ""}${count(looked.requests, "request")}${isAll ? "." : " that are not archived. To search the archive too: --all"}`;
    const times = timesOf(context);
    const reader = knownIdentity()?.session;
    const shown =
      hits.length === 0
        ? [`Nothing mentions ${firstLine(query, 60)}.`]
        : [
            ...(hits.some(({ from }) => from !== reader) ? [UNVERIFIED] : []),
            ...hits.flatMap((hit) => renderHit(hit, times)),
          ];
    const text = [...shown, end];
    return { json: { query, hits, looked: { ...looked, all: isAll } }, text };
  },
};

interface Texts {
  readonly messages: readonly Message[];
  readonly requests: readonly Collaboration[];
  readonly looked: { readonly messages: number; readonly requests: number };
}

/** Returns the newest messages and the open requests; with `wants`, also all archived texts that it accepts. */
async function textsOf(
  context: Context,
  hive: Hive,
  wants: ((text: string) => boolean) | undefined,
): Promise<Texts> {
  const read = await hive.read(["messages", "collaborations"]);
  noteReading(context, read);
  const open = [...read.state.collaborations.values()];
  const { messages } = read.state;
  if (wants === undefined)
    return { messages, requests: open, looked: { messages: messages.length, requests: open.length } };
  const sent = await hive.history.archived("messages", wants);
  const archived = await hive.history.archived("archived", wants);
  return {
    messages: sent.values,
    requests: [...open, ...archived.values],
    looked: { messages: sent.looked, requests: open.length + archived.looked },
  };
}

function renderHit({ id, from, to, at, excerpt }: TextHit, times: Times): string[] {
  return [`${id}: ${from} to ${to ?? "any session"}, ${times.ago(at)}`, ...quote(excerpt)];
}
