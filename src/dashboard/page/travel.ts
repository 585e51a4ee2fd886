import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import type { Past } from "../../domain/dashboard/past.ts";
import { h } from "./dom.ts";
import type { Replay } from "./replay.ts";
import { clockOf, dateOf } from "./times.ts";

/** The script beside this one, which runs when its function is called. */
declare function replay(): { readonly Replay: new (past: Past) => Replay };

/** Shows the newest state, or that of a moment in the past. */
type Show = (state: Dashboard, when: "now" | "then") => void;

/** Where the reader chooses the moment that the page shows. */
export class Travel {
  readonly #show: Show;
  readonly #load: () => Promise<Past>;
  readonly #slider: HTMLInputElement;
  readonly #said = h("output", { class: "moment", for: "moment" });
  readonly #now: HTMLButtonElement;
  #newest: Dashboard;
  #replay: Promise<Replay> | undefined;
  #isDue = false;

  constructor(newest: Dashboard, steps: number, load: () => Promise<Past>, show: Show) {
    this.#newest = newest;
    this.#load = load;
    this.#show = show;
    this.#slider = h("input", {
      ...{ type: "range", id: "moment", min: 0, max: steps, value: steps, step: 1 },
      "aria-label": "The moment that the page shows",
    }) as HTMLInputElement;
    this.#slider.addEventListener("input", () => this.#moved());
    this.#now = this.#button("now", "Back to now", () => this.#slider.max);
    this.#tell("now");
  }

  get element(): HTMLElement {
    const step = (by: number) => String(Number(this.#slider.value) + by);
    return h(
      "div",
      { class: "travel", role: "group", "aria-label": "Time travel" },
      this.#button("‹", "One operation back", () => step(-1)),
      this.#slider,
      this.#button("›", "One operation on", () => step(1)),
      this.#now,
      this.#said,
    );
  }

  /** How far back the page can go. */
  get steps(): number {
    return Number(this.#slider.max);
  }

  /** The hub has changed: the reader who looks at the newest state sees it, and who looks at the past stays there. */
  update(newest: Dashboard): void {
    this.#newest = newest;
    this.#replay = undefined;
    this.refresh();
  }

  /** Shows the newest state anew, to the reader who looks at it. */
  refresh(): void {
    if (this.#isAtEnd) this.#show(this.#newest, "now");
  }

  get #isAtEnd(): boolean {
    return this.#slider.value === this.#slider.max;
  }

  #button(text: string, label: string, value: () => string): HTMLButtonElement {
    const button = h("button", { type: "button", "aria-label": label, title: label }, text);
    button.addEventListener("click", () => {
      this.#slider.value = value();
      this.#moved();
    });
    return button as HTMLButtonElement;
  }

  /** The slider moves more often than the page can be drawn. */
  #moved(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      void this.#travel();
    });
  }

  async #travel(): Promise<void> {
    if (this.#isAtEnd) {
      this.#tell("now");
      return this.#show(this.#newest, "now");
    }
    this.#replay ??= this.#load().then((past) => new (replay().Replay)(past));
    try {
      const past = await this.#replay;
      if (this.#isAtEnd) return;
      const more = past.steps - this.steps;
      if (more !== 0) {
        // The hub has gone on since the page was made: the distance from now stays as it was.
        const value = Number(this.#slider.value) + more;
        this.#slider.max = String(past.steps);
        this.#slider.value = String(value);
      }
      const count = Number(this.#slider.value);
      const { at, text } = past.moment(count);
      this.#tell(`${dateOf(at)} ${clockOf(at)}: ${text}`);
      this.#show(past.at(count), "then");
    } catch {
      this.#replay = undefined;
      this.#tell("This browser cannot read what the page has of the past.");
    }
  }

  #tell(moment: string): void {
    this.#said.textContent = moment;
    this.#slider.setAttribute("aria-valuetext", moment);
    this.#now.hidden = this.#isAtEnd;
  }
}

/** What the page has of the past, which is packed because most readers never look at it. */
export async function unpackPast(packed: string): Promise<Past> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(unpacked).json()) as Past;
}
