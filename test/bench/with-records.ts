import { type Completion, observe, readCompletion } from "../../src/domain/search/completions.ts";
import { readTerms } from "../../src/domain/search/terms.ts";
import { aCollaboration } from "../support/builders.ts";

const known = new Map<string, Completion>();

function completed(task: string): Completion {
  const completion =
    known.get(task) ?? readCompletion(aCollaboration({ request: task, status: "completed" }));
  known.set(task, completion);
  return completion;
}

/** The scores of one answer as `match` makes them where each profile has completed all of its tasks but this one. */
export function withRecords<Profile extends { readonly tasks: readonly string[] }>(
  scores: ReadonlyMap<Profile, number>,
  task: string,
): Map<Profile, number> {
  const said = new Set(readTerms(task));
  const others = ({ tasks }: Profile) => tasks.filter((each) => each !== task).map(completed);
  return new Map(
    [...scores].map(([profile, score]) => [profile, score * observe(said, others(profile)).factor]),
  );
}
