import { parseSession } from "../../app/workplace/workplace.ts";
import type { Profile } from "../../domain/sessions/session.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { RefusedError } from "../../errors.ts";
import type { Command, Options } from "../command.ts";
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
        ({ session: profile, renewed, taken_over }) => ({
          text: [
            `${taken_over ? "You took over" : renewed ? "Updated" : "Registered"} ${session}.`,
            ...(options.return === true ? notKept(profile) : []),
            "Next: hive sync",
          ].join("\n"),
          id: session,
        }),
        // A coding tool's session returns by the registration that this host remembers.
        known?.session === session ? known : session,
      ).catch((error: unknown) => {
        throw returning(error, session, options);
      });
      await workplace.remember(session);
      return answer;
    });
  },
};

/** Says what a session that returned no longer has: the hub keeps only the name of a retired session. */
function notKept({ id, role, specialization }: Pick<Profile, "id" | "role" | "specialization">): string[] {
  const lost = [
    ...(role === "" ? [["role", '--role "<what it does>"'] as const] : []),
    ...(specialization.length === 0 ? [["skills", "--skill <a,b>"] as const] : []),
  ];
  if (lost.length === 0) return [];
  const [names, flags] = [lost.map(([name]) => name), lost.map(([, flag]) => flag)];
  return [
    `Its ${names.join(" and ")} were not kept when it was retired: hive register ${id} ${flags.join(" ")}`,
  ];
}

/** The refusal of a retired name with the whole call that returns: the options that were given are in it. */
function returning(error: unknown, session: SessionId, options: Options): unknown {
  if (!(error instanceof RefusedError) || error.refusal.code !== "name_retired") return error;
  const given = [
    ...["name", "role", "work", "state"].map((name) => [name, optionText(options[name])] as const),
    ["skill", listOf(options.skill)?.join(",")] as const,
  ].flatMap(([name, text]) => (text === undefined ? [] : [`--${name} ${quoteForShell(text)}`]));
  const plain = `hive register ${session} --return`;
  const { hint } = error.refusal;
  return new RefusedError({ ...error.refusal, hint: hint.replace(plain, () => [plain, ...given].join(" ")) });
}
