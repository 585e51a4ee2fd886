import type { CheckoutFacts } from "../../domain/requests/draft-bundle.ts";
import { HiveError } from "../../errors.ts";
import { nameOfProject, projectOf } from "../../store/checkout/checkout.ts";
import type { World } from "../../world.ts";

/** The project of the current directory: its root folder, and its name in claims. */
export function projectAt({ directory }: World): { root: string; name(): Promise<string> } {
  const root = projectOf(directory);
  return { root, name: () => nameOfProject(root) };
}

/** Returns the files that the next commit in this checkout changes. Throws HiveError where there is no checkout. */
export async function stagedAt({ directory, env }: World): Promise<string[]> {
  const { stagedFiles } = await import("../../store/checkout/staged.ts");
  const project = projectOf(directory);
  return stagedFiles(project, directory, env).catch((cause: Error) => {
    throw new HiveError(
      "no_checkout",
      `Git could not list the staged files of ${project}.`,
      "Check: git status",
      {
        cause,
      },
    );
  });
}

/** Returns git's facts about the project of the current directory; undefined where it is no checkout. Reads only. */
export async function checkoutFacts(world: World): Promise<CheckoutFacts | undefined> {
  const facts = await import("../../store/checkout/facts.ts");
  return facts.checkoutFacts(projectOf(world.directory), world.env);
}
