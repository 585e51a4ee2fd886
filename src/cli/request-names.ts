import type { Hive } from "../app/hive/hive.ts";
import type { Collaboration } from "../domain/requests/collaboration.ts";
import { quoteWords } from "../domain/requests/words.ts";

/** Names requests for the user by their id and the first words of their text, as this host last saw them. */
export class RequestNames {
  readonly #hive: Hive;
  readonly #known = new Map<string, Collaboration>();

  /** Call `look` before a write that moves requests to the archive, and after it for those that it fetched. */
  constructor(hive: Hive) {
    this.#hive = hive;
  }

  async look(): Promise<this> {
    const { state } = await this.#hive.recall(["collaborations"]);
    for (const [id, request] of state.collaborations) this.#known.set(id, request);
    return this;
  }

  /** `collab-1763229251-k3f9 «Need a UI»`; the bare id of a request that was not seen. */
  readonly name = (id: string): string => {
    const request = this.#known.get(id);
    return request === undefined ? id : `${id} ${quoteWords(request)}`.trim();
  };
}
