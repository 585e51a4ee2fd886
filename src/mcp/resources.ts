import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import { OVERVIEW_PARTS } from "../app/workplace/join.ts";
import { describeSession } from "../domain/sessions/describe.ts";
import { sync } from "../domain/sessions/overview.ts";
import { framedObject } from "../domain/values/framed.ts";
import { SessionId } from "../domain/values/ids.ts";
import { answer, failure } from "./answer.ts";
import type { HubConnection } from "./connection.ts";
import { readInbox } from "./tools/inbox.ts";
import { overview } from "./tools/sync.ts";

const JSON_TYPE = { mimeType: "application/json" };

/** Adds the resources: the overview of sessions, the inbox, and one session. */
export function addResources(server: McpServer, connection: HubConnection): void {
  const add = (name: string, description: string, read: () => Promise<object>) =>
    server.registerResource(name, `hive://${name}`, { description, ...JSON_TYPE }, ({ href }) =>
      contentsOf(href, read),
    );
  add("sync", "Every session", () => overview(connection));
  add("inbox", "What is addressed to you", () => readInbox(connection, false));
  const template = new ResourceTemplate("hive://session/{id}", {
    list: () => listSessions(connection),
    complete: { id: (start) => completeSession(connection, start) },
  });
  server.registerResource(
    "session",
    template,
    { description: "One session", ...JSON_TYPE },
    ({ href }, { id }) => contentsOf(href, () => oneSession(connection, href, String(id))),
  );
}

/** Returns the contents of a resource, or the failure as a tool answers it. */
async function contentsOf(uri: string, read: () => Promise<object>) {
  const { content } = await read().then(
    (value) => answer(framedObject(value)),
    (error: unknown) => {
      if (error instanceof ProtocolError) throw error;
      return failure(error);
    },
  );
  return { contents: content.map(({ text }) => ({ uri, text, ...JSON_TYPE })) };
}

async function listSessions(connection: HubConnection) {
  const ids = await sessionIds(connection).catch(() => []);
  return { resources: ids.map((id) => ({ uri: `hive://session/${id}`, name: id, ...JSON_TYPE })) };
}

async function completeSession(connection: HubConnection, start: string): Promise<string[]> {
  return (await sessionIds(connection).catch(() => [])).filter((id) => id.startsWith(start));
}

async function sessionIds(connection: HubConnection): Promise<string[]> {
  const { state } = await connection.read(OVERVIEW_PARTS);
  return sync(state, connection.now).sessions.map(({ id }) => id);
}

/** Returns a session's profile and presence. Throws ProtocolError where the session is not registered. */
async function oneSession(connection: HubConnection, uri: string, text: string): Promise<object> {
  const { state, freshness } = await connection.read(OVERVIEW_PARTS);
  const id = SessionId.safeParse(text);
  const profile = id.success ? state.sessions.get(id.data) : undefined;
  if (profile === undefined)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, "No such session is registered.", { uri });
  const described = describeSession(profile.id, profile, state.heartbeats.get(profile.id), connection.now);
  const view = sync(state, connection.now).sessions.find((session) => session.id === profile.id);
  return { ...described, presence: view?.presence, last_heartbeat: view?.last_heartbeat, ...freshness };
}
