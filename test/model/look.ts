import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { inbox } from "../../src/domain/inbox/inbox.ts";
import { markShown } from "../../src/domain/inbox/mark-shown.ts";
import { joinReceipt, NO_MARKS } from "../../src/domain/inbox/read-marks.ts";
import { SessionId } from "../../src/domain/values/ids.ts";
import { passing, type Real } from "./act.ts";
import { anyone } from "./draw.ts";
import { mostUrgent, show, URGENCIES, unread, waiting } from "./mail.ts";
import { instant, type Model, type Who } from "./model.ts";

/** A session reads its inbox, all of it or the first message: no act, but what the next one carries along. */
class Look implements fc.AsyncCommand<Model, Real> {
  readonly #who: Who;
  readonly #most: number;
  readonly #seconds: number;

  constructor(who: Who, most: number, seconds: number) {
    this.#who = who;
    this.#most = most;
    this.#seconds = seconds;
  }

  check({ sessions }: Model): boolean {
    return sessions.has(this.#who);
  }

  async run(model: Model, { hub, marks }: Real): Promise<void> {
    model.now += this.#seconds;
    const [who, id] = [this.#who, SessionId.parse(this.#who)];
    const state = await hub.snapshot(["settings", "messages", "sessions", "collaborations"]);
    const known = joinReceipt(marks.get(who) ?? NO_MARKS, state.sessions.get(id));
    const { messages, requests } = inbox(state, id, known, instant(model.now));
    const expected = unread(model, who, model.session(who).shown).sort(mostUrgent);
    deepStrictEqual(
      [messages.map((message) => message.id), requests.map((each) => each.request_id)],
      [
        expected.map((message) => message.id),
        waiting(model, who)
          .sort(
            (a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || (a.id < b.id ? 1 : -1),
          )
          .map((each) => each.id),
      ],
    );
    const shown = { messages: messages.slice(0, this.#most), requests };
    marks.set(who, markShown(state, id, known, shown, true));
    show(model, who, expected.slice(0, this.#most));
  }

  toString(): string {
    return `inbox(${this.#who}, ${this.#most}) after ${this.#seconds} s`;
  }
}

export const looks: fc.Arbitrary<fc.AsyncCommand<Model, Real>> = fc
  .tuple(anyone, fc.constantFrom(1, 100, 100), passing)
  .map((drawn) => new Look(...drawn));
