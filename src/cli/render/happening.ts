import type { Happening } from "../../domain/activity/await.ts";
import { matchFor } from "../../domain/requests/words.ts";
import { quoteOthers } from "../../domain/values/framed.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { quote } from "./quoted.ts";
import type { Times } from "./times.ts";

/** Renders the event that ended a wait. Text of other sessions is quoted. */
export function renderHappening(happening: Happening, times: Times): string {
  const age = times.ago(happening.at);
  switch (happening.kind) {
    case "request":
      return renderRequest(happening.collaboration, age);
    case "message": {
      const { id, from, subject, body } = happening.message;
      const about = subject ? `: ${firstLine(subject, 80)}` : "";
      return [`${from} (unverified) wrote ${id}, ${age}${about}`, ...quote(body)].join("\n");
    }
    case "session":
      return `${happening.session} is alive: last heartbeat ${age}.`;
  }
}

function renderRequest(
  {
    request_id,
    from_session,
    request,
    status,
    history,
  }: Extract<Happening, { kind: "request" }>["collaboration"],
  age: string,
): string {
  const last = history.at(-1);
  if (status === "pending")
    return [
      `${request_id}: ${from_session} (unverified) asks, ${age}`,
      ...quote(request),
      `  Answer: hive accept ${request_id}, or hive decline ${request_id} -m "<why>"`,
    ].join("\n");
  const by = last ? ` by ${last.session} (unverified)` : "";
  const note = last?.note === undefined ? [] : quote(last.note);
  const about = `${request_id} ${quoteOthers(request, 40)}`.trim();
  const match = status === "declined" || status === "expired" ? matchFor({ request }) : undefined;
  const next = match === undefined ? [] : [`Ask another: ${match}`];
  return [`${about} is ${status.replaceAll("_", " ")}${by}, ${age}`, ...note, ...next].join("\n");
}

/** Returns the id for scripts: of the request, the message or the session. */
export function idOf(happening: Happening): string {
  if (happening.kind === "request") return happening.collaboration.request_id;
  return happening.kind === "message" ? happening.message.id : happening.session;
}
