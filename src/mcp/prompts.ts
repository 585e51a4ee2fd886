import type { McpServer } from "@modelcontextprotocol/server";
import { isOpen } from "../domain/requests/moves.ts";
import { framedObject } from "../domain/values/framed.ts";
import * as z from "../domain/values/z.ts";
import { answer, failure } from "./answer.ts";
import type { HubConnection } from "./connection.ts";
import { describeRequest } from "./describe.ts";
import { standard } from "./schema.ts";
import { text } from "./tool.ts";

const TASK = `Hand over the work of this session to another session, so that it can continue without questions.
Call handoff with: the goal; what is done; what is in progress; what was tried and failed; decisions and why; the files; the next command to run. Give only facts from this conversation and from the repository. Parts that you leave out are taken from the draft below: replace wrong parts.`;

/** Adds the prompt that hands over this session's work, or one request. */
export function addPrompts(server: McpServer, connection: HubConnection): void {
  const argsSchema = standard(
    z.object({
      to: z.optional(text("The session that takes over")),
      request: z.optional(text("The id of a request to hand over")),
    }),
  );
  const description = "Hand your work over to another session";
  server.registerPrompt("handover", { description, argsSchema }, async ({ to, request }) => {
    const facts = await draftWithRequests(connection, request).then(
      (known) => answer(framedObject(known)),
      failure,
    );
    const whom =
      to === undefined
        ? "Find a fitting session with match, and name it in to. Without to, the first session to accept takes it."
        : `Name ${JSON.stringify(to)} in to.`;
    const what = request === undefined ? "" : ` Name ${JSON.stringify(request)} in request.`;
    const asked = `${TASK}\n${whom}${what}\n\nDraft and requests, from the hub and git:\n${facts.content.map((part) => part.text).join("\n")}`;
    return { messages: [{ role: "user", content: { type: "text", text: asked } }] };
  });
}

/** Returns the draft of the handover, and the author's open requests: those that it made and those that it has. */
async function draftWithRequests(connection: HubConnection, request: string | undefined): Promise<object> {
  const session = await connection.session();
  const draft = await connection.draft(request);
  const { state, freshness } = await connection.read(["collaborations"]);
  const requests = [...state.collaborations.values()]
    .filter(isOpen)
    .filter(({ from_session, to_session }) => [from_session, to_session].includes(session));
  return { session, draft, requests: requests.map(describeRequest), ...freshness };
}
