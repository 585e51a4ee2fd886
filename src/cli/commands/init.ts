import type { Hive } from "../../app/hive/hive.ts";
import { submitNow } from "../../app/hive/submit-now.ts";
import { initHub } from "../../app/workplace/join.ts";
import { parseSession } from "../../app/workplace/workplace.ts";
import { PUBLISHING } from "../../domain/maintenance/workflows/table.ts";
import { BOT } from "../../domain/values/session-id.ts";
import { HiveError, RefusedError, wrongCall } from "../../errors.ts";
import type { Command, Context } from "../command.ts";
import { isConfirmed } from "../confirm.ts";
import { noteLeftBehind } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { SETUP_HINT } from "../render/setup-hint.ts";
import { optionText } from "../submit.ts";

export const init: Command = {
  usage: "",
  options: [
    ["--remote <url|path>", "create the hub in this repository, not embedded on this disk"],
    ["--github", "install the GitHub workflows that maintain the hub"],
    ["--dashboard", "with --github: also publish the dashboard on GitHub Pages, without texts"],
    ["--replace", "make and use another hub in a project that uses one; the old one stays as it is"],
    ["--yes", "make the hub also in a repository with other content, without asking"],
    ["--overwrite", "with --github: replace existing workflows of the same name"],
  ],
  examples: [
    "hive init",
    "hive init --remote git@github.com:team/hub.git",
    "hive init --remote git@github.com:team/hub.git --github",
    "hive init --remote git@github.com:team/hub.git --github --dashboard",
  ],
  notes: [
    "In a repository with other content, hive init asks first: a hub adds the folder coordination/ to its branch.",
  ],
  undo: "hive unjoin; the hub itself stays, and git deletes it",
  doing: "Creating the hub",
  prints: "hub, created, workflows? {installed[], kept[]}",
  async run(context, _, options) {
    const { world, io, globals, own } = context;
    if (options.dashboard === true && options.github !== true)
      throw wrongCall("--dashboard goes with --github.", "Example: hive init --github --dashboard");
    const { hive, created, unsent } = own(
      await initHub(
        world,
        optionText(options.remote) ?? (globals.hub || world.env.HIVE_HUB || undefined),
        hubOptionsOf(globals),
        {
          replaces: options.replace === true,
          mayAddTo: async (name) =>
            options.yes === true ||
            (await isConfirmed(
              world,
              io,
              `${name} has other content. Add the folder coordination/ to its branch, and a commit for each write? [y/N] `,
            )),
        },
      ),
    );
    noteLeftBehind(io, unsent);
    const github =
      options.github === true
        ? await installWorkflows(context, hive, {
            overwrite: options.overwrite === true,
            dashboard: options.dashboard === true,
          })
        : undefined;
    return {
      json: { hub: hive.name, created, ...(github === undefined ? {} : { workflows: github }) },
      text: [
        created ? `Created the hub ${hive.name}` : `The hub already exists: ${hive.name}`,
        ...(github === undefined ? [] : describeWorkflows(github, isOnThisDisk(hive.name))),
        `Next: hive register <session> --role "<what it does>" --skill <a,b>`,
        SETUP_HINT,
        `Others join with: hive join ${hive.name}`,
      ].join("\n"),
      id: hive.name,
    };
  },
};

interface Installed {
  readonly installed: readonly string[];
  readonly kept: readonly string[];
}

async function installWorkflows(
  { world, globals }: Context,
  hive: Hive,
  how: { readonly overwrite: boolean; readonly dashboard: boolean },
): Promise<Installed> {
  const author = globals.as === undefined ? BOT : parseSession(globals.as);
  try {
    const done = await submitNow(hive, "workflows", { version: world.version, ...how }, author);
    if (done.kind === "refusal") throw new RefusedError(done);
    return done.result;
  } catch (error) {
    if (!(error instanceof HiveError && error.code === "push_refused" && /workflow/.test(error.message)))
      throw error;
    throw new HiveError(
      error.code,
      error.message,
      "Over HTTPS, GitHub accepts workflows only from a token with the scope workflow. Use such a token, or push over SSH.",
      { cause: error },
    );
  }
}

/** Whether a hub is a repository of this disk, where nothing runs workflows. */
function isOnThisDisk(hub: string): boolean {
  return /^(?:file:|[/\\]|[a-z]:[/\\])/i.test(hub);
}

const WHO_SEES =
  "Anybody on the internet can open the dashboard once Pages has the source GitHub Actions, also of a private repository; texts are left out.";

function describeWorkflows({ installed, kept }: Installed, isHere: boolean): string[] {
  const did = isHere ? "Workflow files added" : "Workflows installed";
  return [
    ...(installed.length > 0 ? [`${did}: ${installed.join(", ")}`] : []),
    ...(installed.includes(PUBLISHING) ? [WHO_SEES] : []),
    ...(kept.length > 0 ? [`Workflows kept: ${kept.join(", ")} (--overwrite replaces them)`] : []),
    ...(isHere
      ? ["GitHub runs workflows, and this hub is on this disk: they do nothing until it is pushed there."]
      : []),
  ];
}
