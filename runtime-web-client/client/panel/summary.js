import { statusWord } from "./words.js";

/** The statuses of a summary, in its order. */
const STATUSES = ["done", "approved", "review", "in-progress", "not-started"];

/**
 * Counts the stages of a stack, such as `9 done · 4 in review · 1 failing`. A failing stage has a status too.
 *
 * @param {readonly import("../index.js").Stage[]} stages
 * @param {ReadonlyMap<string, import("../index.js").StageRuntime>} runtimes by stage id
 * @param {ReadonlyMap<string, unknown>} problems by stage id
 */
export function summaryPhrase(stages, runtimes, problems) {
  const known = STATUSES.map((status) => [count(stages, status), statusWord(status).toLowerCase()]);
  const other = stages.filter(({ status }) => !STATUSES.includes(status)).length;
  const failing = stages.filter(({ id }) => problems.has(id) || hasFailedChecks(runtimes.get(id))).length;
  return [...known, [other, "other"], [failing, "failing"]]
    .filter(([count]) => Number(count) > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(" · ");
}

const count = (stages, status) => stages.filter((stage) => stage.status === status).length;

/** Checks of a pull request that is merged or closed fail nothing any more. */
function hasFailedChecks(runtime) {
  const { state, checks } = runtime?.pullRequest ?? {};
  return checks?.failed > 0 && state !== "MERGED" && state !== "CLOSED";
}
