/**
 * How often a task finds the right session: `npm run bench:match -- <dataset.json> [--json]`.
 * The dataset is a list of profiles (`id`, `name`, `role`, `specialization`), each with the `tasks` it is right for.
 * The text alone is measured: everybody is taken to be equally present and equally free. In one line everybody has
 * completed the other tasks it is right for.
 */
import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { DEFAULT_TAXONOMY } from "../../src/domain/hub/default-taxonomy.ts";
import { MIN_RELEVANCE } from "../../src/domain/search/match.ts";
import { indexSessions } from "../../src/domain/search/session-index.ts";
import { withRecords } from "./with-records.ts";

const Dataset = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    specialization: z.array(z.string()),
    tasks: z.array(z.string()),
  }),
);
type BenchProfile = z.infer<typeof Dataset>[number];
interface Case {
  readonly right: BenchProfile;
  readonly task: string;
}
interface Figures {
  readonly hit1: number;
  readonly hit3: number;
  readonly mrr: number;
}
/** Reads profiles once, then scores them all for a task; nobody in the map scores 0. */
type Ranker = (profiles: readonly BenchProfile[]) => (task: string) => ReadonlyMap<BenchProfile, number>;

const HIVE = 8;
const DRAWS = 3;
const SEED = 20_260_101;

const rankByText: Ranker = (profiles) => {
  const search = index(profiles);
  return (task) => new Map(search(task).map(({ session, score }) => [session.profile, score]));
};

const rankByRecords: Ranker = (profiles) => {
  const rank = rankByText(profiles);
  return (task) => withRecords(rank(task), task);
};

/** The way of the tools that git-hive replaces: a table of keywords, looked for as parts of words on both sides. */
const rankByKeywords: Ranker = (profiles) => {
  const texts = profiles.map((profile) => [profile, textOf(profile).toLowerCase()] as const);
  return (task) => {
    const said = task.toLowerCase();
    const hit = Object.entries(DEFAULT_TAXONOMY).filter(([keyword]) => said.includes(keyword));
    const wanted = [...new Set(hit.flatMap(([keyword, specializations]) => [keyword, ...specializations]))];
    return new Map(
      texts.map(([profile, text]) => [profile, wanted.filter((word) => text.includes(word)).length]),
    );
  };
};

function textOf({ id, name, role, specialization }: BenchProfile): string {
  return [id, name, role, ...specialization].join(" ");
}

function index(profiles: readonly BenchProfile[]) {
  return indexSessions(
    profiles.map((profile) => ({ ...profile, profile, capabilities_offered: [], current_work: "" })),
    DEFAULT_TAXONOMY,
  );
}

/** Hit rates and reciprocal rank of one answer; those tied with the right one stand before it half the time. */
function judge(
  scores: ReadonlyMap<BenchProfile, number>,
  profiles: readonly BenchProfile[],
  right: BenchProfile,
): Figures {
  const reached = scores.get(right) ?? 0;
  const others = profiles.filter((profile) => profile !== right).map((profile) => scores.get(profile) ?? 0);
  const better = others.filter((score) => score > reached).length;
  const tied = others.filter((score) => score === reached).length;
  const ranks = Array.from({ length: tied + 1 }, (_, place) => better + place + 1);
  return {
    hit1: mean(ranks.map((rank) => (rank <= 1 ? 1 : 0))),
    hit3: mean(ranks.map((rank) => (rank <= 3 ? 1 : 0))),
    mrr: mean(ranks.map((rank) => 1 / rank)),
  };
}

function measureAll(rank: Ranker, profiles: readonly BenchProfile[], cases: readonly Case[]): Figures {
  const score = rank(profiles);
  return average(cases.map(({ right, task }) => judge(score(task), profiles, right)));
}

function measureHives(rank: Ranker, profiles: readonly BenchProfile[], cases: readonly Case[]): Figures {
  const random = mulberry32(SEED);
  return average(
    cases.flatMap(({ right, task }) =>
      Array.from({ length: DRAWS }, () => {
        const hive = [right, ...draw(profiles, right, HIVE - 1, random)];
        return judge(rank(hive)(task), hive, right);
      }),
    ),
  );
}

/** Milliseconds for one task in a hive: reading its profiles and scoring them. */
function measureTime(profiles: readonly BenchProfile[], cases: readonly Case[]): number {
  const random = mulberry32(SEED);
  const hives = cases.map(({ right, task }) => ({ task, hive: draw(profiles, right, HIVE, random) }));
  const started = performance.now();
  for (const { hive, task } of hives) rankByText(hive)(task);
  return (performance.now() - started) / cases.length;
}

/** What abstaining costs: right answers that it hides, and tasks it refuses where the right session is absent. */
function measureAbstaining(profiles: readonly BenchProfile[], cases: readonly Case[]) {
  const random = mulberry32(SEED);
  const right: boolean[] = [];
  const absent: boolean[] = [];
  for (const { right: profile, task } of cases) {
    for (let round = 0; round < DRAWS; round += 1) {
      const others = draw(profiles, profile, HIVE, random);
      const hits = index([profile, ...others.slice(1)])(task);
      const isFitting = (some: typeof hits) => some.some((hit) => hit.relevance >= MIN_RELEVANCE);
      if (hits[0]?.session.profile === profile) right.push(isFitting(hits));
      absent.push(isFitting(index(others)(task)));
    }
  }
  return {
    lost: mean(right.map((isProposed) => (isProposed ? 0 : 1))),
    refused: mean(absent.map((isProposed) => (isProposed ? 0 : 1))),
  };
}

function draw(
  profiles: readonly BenchProfile[],
  except: BenchProfile,
  count: number,
  random: () => number,
): BenchProfile[] {
  const drawn = new Set<BenchProfile>();
  const most = Math.min(count, profiles.length - 1);
  while (drawn.size < most) {
    const profile = profiles[Math.floor(random() * profiles.length)];
    if (profile && profile !== except) drawn.add(profile);
  }
  return [...drawn];
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function average(figures: readonly Figures[]): Figures {
  return {
    hit1: mean(figures.map(({ hit1 }) => hit1)),
    hit3: mean(figures.map(({ hit3 }) => hit3)),
    mrr: mean(figures.map(({ mrr }) => mrr)),
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function percent(share: number): string {
  return (100 * share).toFixed(1).padStart(5);
}

function line(label: string, { hit1, hit3, mrr }: Figures): string {
  return `  ${label.padEnd(28)} ${percent(hit1)}  ${percent(hit3)}   ${mrr.toFixed(2)}`;
}

function main(args: readonly string[]): void {
  const path = args.find((arg) => !arg.startsWith("--"));
  if (path === undefined) throw new Error("Which dataset? npm run bench:match -- <dataset.json> [--json]");
  const profiles = Dataset.parse(JSON.parse(readFileSync(path, "utf8")));
  const cases = profiles.flatMap((right) => right.tasks.map((task) => ({ right, task })));
  const all = measureAll(rankByText, profiles, cases);
  const hive8 = measureHives(rankByText, profiles, cases);
  const ms_per_task = measureTime(profiles, cases);
  if (args.includes("--json")) {
    console.log(JSON.stringify({ all, hive8, ms_per_task }));
    return;
  }
  const keywords = measureHives(rankByKeywords, profiles, cases);
  const { lost, refused } = measureAbstaining(profiles, cases);
  console.log(`${cases.length} tasks, ${profiles.length} profiles`.padEnd(30), "hit@1  hit@3   MRR");
  console.log(line(`against all ${profiles.length}`, all));
  console.log(line("  baseline: keyword map", measureAll(rankByKeywords, profiles, cases)));
  console.log(line(`in hives of ${HIVE}`, hive8));
  console.log(line("  with other tasks completed", measureHives(rankByRecords, profiles, cases)));
  console.log(line("  baseline: keyword map", keywords));
  console.log(
    `  hit@1 in hives of ${HIVE} is ${(hive8.hit1 / keywords.hit1).toFixed(1)} times the baseline's`,
  );
  console.log(`  ${ms_per_task.toFixed(2)} ms a task in a hive of ${HIVE}, reading the profiles included`);
  console.log(
    `  abstaining below ${MIN_RELEVANCE}: hides ${percent(lost).trim()}% of the right answers, ` +
      `refuses ${percent(refused).trim()}% of the tasks whose session is absent`,
  );
}

main(process.argv.slice(2));
