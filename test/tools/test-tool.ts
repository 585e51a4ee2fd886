import process from "node:process";
import { afterAll, describe, it } from "vitest";
import { Bench } from "./bench.ts";
import type { Driver } from "./driver.ts";
import { install } from "./install.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

/** Tests all rows of the matrix for one tool. A row that does not run says why. */
export function testTool(driver: Driver): void {
  const program = install(driver.name);
  describe(driver.title, () => {
    for (const [index, scenario] of SCENARIOS.entries()) testScenario(scenario, index > 0, driver, program);
  });
}

/** Tests the rows of one scenario, which is played once, with the first of them. */
function testScenario(
  { play, rows }: Scenario,
  isMore: boolean,
  driver: Driver,
  program: string | undefined,
): void {
  let bench: Bench | undefined;
  let played: Promise<unknown> | undefined;
  afterAll(() => bench?.scene.close());
  const perform = async () => {
    bench = await Bench.open(driver, program ?? "");
    return play(bench);
  };
  for (const [row, check] of Object.entries(rows))
    it(row, async ({ skip }) => {
      const reason = program === undefined ? missing(driver) : reasonToSkip(driver, row, isMore);
      if (reason !== undefined) skip(reason);
      played ??= perform();
      check(await played);
    });
}

export function missing({ title }: Pick<Driver, "title">): string {
  return `${title} is not installed here, and the registry did not give it`;
}

/** Why a row does not run for a tool; undefined where it does. Continuous integration has time for a start only. */
function reasonToSkip(driver: Driver, row: string, isMore: boolean): string | undefined {
  if (process.env.CI && (isMore || driver.isSlow)) return "takes too long in continuous integration";
  return driver.cannot[row];
}
