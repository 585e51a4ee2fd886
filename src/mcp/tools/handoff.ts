import { SessionId } from "../../domain/values/ids.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import { defineTool, shown } from "../tool.ts";

const Text = z.optional(z.string());
const Items = z.optional(z.array(z.string()));

export const handoff = defineTool({
  name: "handoff",
  description:
    "Hand over a request or other work, to a session or to who accepts first; what you leave out is drafted from git and the hub.",
  isReading: false,
  input: z.strictObject({
    to: Text,
    request: Text,
    goal: Text,
    done: Items,
    in_progress: Items,
    tried: Items,
    decisions: Items,
    files: Items,
    branch: Text,
    commit: Text,
    next: Text,
  }),
  async run(connection, { to, request, goal: said, ...parts }) {
    const session = to === undefined ? undefined : SessionId.parse(to);
    const draft = await connection.draft(request);
    const goal = said ?? draft.goal;
    if (goal === undefined) throw wrongCall("The handover has no goal.", "Say in goal what it is about.");
    const given = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
    const bundle = { ...draft.bundle, ...given };
    const written = await connection.submit("handoff", { to: session, request, goal, bundle });
    const drafted = Object.keys(draft.bundle).filter((part) => !Object.hasOwn(given, part));
    return shown(written, ({ collaboration: { request_id, status } }) => ({ request_id, status, drafted }));
  },
});
