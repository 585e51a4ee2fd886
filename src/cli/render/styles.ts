import type { Away } from "../../domain/sessions/away.ts";
import type { Presence } from "../../domain/sessions/presence.ts";
import type { Urgency } from "../../domain/values/urgency.ts";
import type { Cell, Paint, Style } from "./table.ts";
import type { Times } from "./times.ts";

const PRESENCE: Record<Presence, Style> = { alive: "green", stale: "yellow", offline: "dim" };

const URGENCY: Partial<Record<Urgency, Style>> = { urgent: "red", high: "yellow" };

/** Returns a text in the color of a session's presence. */
export function presenceCell(presence: Presence, text: string = presence): Cell {
  return { text, style: PRESENCE[presence] };
}

export function urgencyCell(urgency: Urgency): Cell {
  const style = URGENCY[urgency];
  return style === undefined ? urgency : { text: urgency, style };
}

/** Returns an urgency in its color, in a line of text. */
export function paintUrgency(urgency: Urgency, paint: Paint): string {
  const style = URGENCY[urgency];
  return style === undefined ? urgency : paint(style, urgency);
}

/** Returns why a session is away: `paused until 14:00, 2 h left`. */
export function describeAway({ reason, until }: Away, times: Times): string {
  const [state = reason] = reason.split(" until ");
  return until === null || !times.isTerminal ? reason : `${state} ${times.until(until)}`;
}
