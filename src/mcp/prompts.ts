import type { McpServer } from "@modelcontextprotocol/server";
import { isOpen } from "../domain/requests/moves.ts";
import * as z from "../domain/values/z.ts";
import { answer, failure } from "./answer.ts";
import type { HubConnection } from "./connection.ts";
import { describeRequest } from "./describe.ts";
import { standard } from "./schema.ts";
import { NOTICE } from "./untrusted.ts";

const ASK = `Hand over the work of this session to another one, so that it can go on without asking back.
Call handoff with: the goal; what is done; what is in progress; what was tried and failed; decisions and why; the files; the next command to run. Only what you know from this conversation and from the repository. What you leave out is taken from the draft below: replace what is wrong in it.`;

/** What people start by name: a handover of this session's work, or of one request. */
export function addPrompts(server: McpServer, connection: HubConnection): void {
  const argsSchema = standard(z.object({ to: z.optional(z.string()), request: z.optional(z.string()) }));
  const description = "Hand your work over to another session";
  server.registerPrompt("handover", { description, argsSchema }, async ({ to, request }) => {
    const facts = await knownOf(connection, request).then(
      (known) => answer({ ...known, notice: NOTICE }),
      failure,
    );
    const whom =
      to === undefined
        ? "Find who fits with match, and name it in to; without to it is for whoever accepts first."
        : `Name ${JSON.stringify(to)} in to.`;
    const what = request === undefined ? "" : ` Name ${JSON.stringify(request)} in request.`;
    const text = `${ASK}\n${whom}${what}\n\nWhat the hub and git know of it:\n${facts.content.map((part) => part.text).join("\n")}`;
    return { messages: [{ role: "user", content: { type: "text", text } }] };
  });
}

/** The draft of the handover, and the open requests that whoever hands over is a party of. */
async function knownOf(connection: HubConnection, request: string | undefined): Promise<object> {
  const session = await connection.session();
  const draft = await connection.draft(request);
  const { state, freshness } = await connection.read(["collaborations"]);
  const requests = [...state.collaborations.values()]
    .filter(isOpen)
    .filter(({ from_session, to_session }) => [from_session, to_session].includes(session));
  return { session, draft, requests: requests.map(describeRequest), ...freshness };
}
