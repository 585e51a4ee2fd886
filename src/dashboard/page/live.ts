import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import type { Past } from "../../domain/dashboard/past.ts";
import { addButton, say } from "./command.ts";
import { h } from "./dom.ts";

/** Follows the page's server: each new state, and whether it answers. */
export function follow(update: (state: Dashboard) => void, connected: (isConnected: boolean) => void): void {
  const source = new EventSource("events");
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
  source.addEventListener("state", ({ data }) => update(JSON.parse(data) as Dashboard));
}

export async function fetchPast(): Promise<Past> {
  return (await (await fetch("past")).json()) as Past;
}

/** The line in which the reader writes a command, and the button of each command that puts it there. */
export function actBar(): HTMLElement {
  const line = h("input", {
    ...{ type: "text", id: "line", spellcheck: "false", autocomplete: "off" },
    "aria-label": "A command to run",
    placeholder: "hive …",
  }) as HTMLInputElement;
  const answer = h("output", { for: "line", class: "answer" });
  const form = h(
    "form",
    { class: "act", "aria-label": "Act" },
    line,
    h("button", { type: "submit" }, "run"),
    answer,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(line, answer);
  });
  addButton((text) => {
    const button = h("button", { type: "button", "aria-label": `Write: ${text}` }, "write");
    button.addEventListener("click", () => take(line, text));
    return button;
  });
  return form;
}

/** Puts a command into the line, with its first gap selected. */
function take(line: HTMLInputElement, text: string): void {
  line.value = text;
  line.focus();
  const gap = /<[a-z ]+>/.exec(text);
  if (gap !== null) line.setSelectionRange(gap.index, gap.index + gap[0].length);
}

async function run(line: HTMLInputElement, answer: HTMLElement): Promise<void> {
  answer.textContent = "…";
  const { done, text } = await post(line.value);
  answer.textContent = text;
  answer.className = done ? "answer" : "answer failed";
  say(text);
  if (done) line.value = "";
}

async function post(line: string): Promise<{ done: boolean; text: string }> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("act", { method: "POST", headers, body: JSON.stringify({ line }) });
    if (!response.ok) return { done: false, text: await response.text() };
    return (await response.json()) as { done: boolean; text: string };
  } catch {
    return {
      done: false,
      text: "The page's server does not answer: is hive dashboard --serve still running?",
    };
  }
}
