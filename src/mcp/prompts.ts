import type { McpServer } from "@modelcontextprotocol/server";
import { isOpen } from "../domain/moves.ts";
import * as z from "../domain/z.ts";
import { answer, failure } from "./answer.ts";
import { describeRequest } from "./describe.ts";
import type { Desk } from "./desk.ts";
import { NOTICE } from "./said.ts";
import { standard } from "./standard.ts";

const ASK = `Hand over the work of this session to another one, so that it can go on without asking back.
Call handoff with: the goal; what is done; what is in progress; what was tried and failed; decisions and why; the files, the branch and the commit; the next command to run. Only what you know from this conversation and from the repository.`;

/** What people start by name: a handover of this session's work. */
export function addPrompts(server: McpServer, desk: Desk): void {
  const argsSchema = standard(z.object({ to: z.optional(z.string()) }));
  const description = "Hand your work over to another session";
  server.registerPrompt("handover", { description, argsSchema }, async ({ to }) => {
    const facts = await openWork(desk).then((work) => answer({ ...work, notice: NOTICE }), failure);
    const whom =
      to === undefined ? "Find who fits with match, and name it in to." : `Name ${JSON.stringify(to)} in to.`;
    const text = `${ASK}\n${whom}\n\nWhat the hub knows of it:\n${facts.content.map((part) => part.text).join("\n")}`;
    return { messages: [{ role: "user", content: { type: "text", text } }] };
  });
}

/** What this session does, and the requests it is a party of. */
async function openWork(desk: Desk): Promise<object> {
  const session = await desk.session();
  const { state, sight } = await desk.read(["sessions", "collaborations"]);
  const requests = [...state.collaborations.values()]
    .filter(isOpen)
    .filter(({ from_session, to_session }) => [from_session, to_session].includes(session));
  const current_work = state.sessions.get(session)?.current_work ?? "";
  return { session, current_work, requests: requests.map(describeRequest), ...sight };
}
