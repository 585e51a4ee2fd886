import { parseSession } from "../../app/workplace/workplace.ts";
import type { Command } from "../command.ts";
import { stateOf } from "../input/state.ts";
import { PROFILE, writes } from "../prints.ts";
import { FORCE, listOf, optionText, submit } from "../submit.ts";

export const register: Command = {
  usage: "<session>",
  options: [
    ["--name <name>", "the display name of the session"],
    ["--role <role>", "the role of the session"],
    ["--work <text>", "what the session is doing now"],
    ["--state <state>", "active, idle, completing, paused or offline"],
    ["--take-over", "take a name that is alive elsewhere; the other session is told in its inbox"],
    ["--return", "return as the retired session of this name"],
    FORCE,
  ],
  lists: [["--skill <a,b,...>", "the skills that the session offers; may be repeated"]],
  examples: [
    'hive register session-1-dashboard --role "Frontend" --skill react,ui',
    'hive register session-4-deployment --name "Deployment Engineer" --work "Pipeline for staging"',
  ],
  undo: "hive leave, or hive retire <session> for good",
  prints: writes(`session ${PROFILE}, renewed, taken_over?`),
  async run(context, [id = ""], options) {
    const session = parseSession(id);
    const workplace = await context.open();
    const takesOver = options.takeOver === true;
    const input = {
      name: optionText(options.name),
      role: optionText(options.role),
      work: optionText(options.work),
      status: stateOf(options.state),
      skills: listOf(options.skill),
      ...(options.return === true ? { returns: true as const } : {}),
      ...(takesOver ? { take_over: true as const } : {}),
      ...(workplace.isOwnName(session) ? {} : { elsewhere: true as const }),
    };
    const known = options.return === true ? workplace.knownIdentity() : undefined;
    return workplace.takeName(session, takesOver, async () => {
      const answer = await submit(
        context,
        workplace,
        "register",
        input,
        ({ renewed, taken_over }) => ({
          text: `${taken_over ? "You took over" : renewed ? "Updated" : "Registered"} ${session}.\nNext: hive sync`,
          id: session,
        }),
        // A coding tool's session returns by the registration that this host remembers.
        known?.session === session ? known : session,
      );
      await workplace.remember(session);
      return answer;
    });
  },
};
