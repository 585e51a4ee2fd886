import { leaveHub } from "../../app/workplace/join.ts";
import { openWorkplace } from "../../app/workplace/workplace.ts";
import { count } from "../../domain/values/count.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Context } from "../command.ts";
import { isConfirmed } from "../confirm.ts";
import { hubOptionsOf } from "../input/hub-options.ts";

export const unjoin: Command = {
  usage: "",
  options: [["--yes", "also where operations wait to be sent, without asking"]],
  notes: [
    "Only this project forgets its hub. The hub, and what this host knows of it, stay. Operations that wait to be sent",
    "stay too, and are sent when a project of this host uses the hub. To tell the other sessions first: hive leave.",
  ],
  examples: ["hive unjoin", "hive unjoin --yes"],
  undo: "hive join <url>, which hive unjoin prints",
  prints: "hub, waiting",
  async run(context, _, options) {
    const { world, globals } = context;
    if (globals.hub !== undefined || world.env.HIVE_HUB)
      throw wrongCall(
        "hive unjoin forgets the hub of a project, not one that --hub or HIVE_HUB names.",
        "Leave out --hub, and unset HIVE_HUB.",
      );
    const { hub, waiting } = await whatWaits(context);
    if (waiting > 0 && options.yes !== true && !(await isAgreed(context, hub, waiting)))
      throw wrongCall(
        `This project still uses ${hub}: ${describeWaiting(waiting)} to be sent there.`,
        "To send first: hive sync. To see what waits: hive outbox. To forget the hub all the same: hive unjoin --yes",
      );
    const left = leaveHub(world);
    return {
      json: { hub: left, waiting },
      text: [
        `This project no longer uses ${left}.`,
        ...(waiting > 0 ? [`${describeWaiting(waiting, "still ")}: hive sync --hub ${left} sends it.`] : []),
        `To use it again: hive join ${left}`,
      ].join("\n"),
      id: left,
    };
  },
};

async function whatWaits({ world, globals, own }: Context): Promise<{ hub: string; waiting: number }> {
  const { hive } = own(await openWorkplace(world, { ...hubOptionsOf(globals), isOffline: true }));
  hive.refuseUnchosen();
  return { hub: hive.name, waiting: (await hive.outbox.count()).unsent };
}

function isAgreed({ world, io }: Context, hub: string, waiting: number): Promise<boolean> {
  return isConfirmed(
    world,
    io,
    `${describeWaiting(waiting)} to be sent to ${hub}. Forget the hub all the same? [y/N] `,
  );
}

function describeWaiting(waiting: number, how = ""): string {
  return `${count(waiting, "operation")} ${how}${waiting === 1 ? "waits" : "wait"}`;
}
