import { checkPublishing } from "./check-publishing.ts";
import { reachesOthers } from "./own-code.ts";
import { commandsOf, type Job, type Workflow, writeRights } from "./workflow.ts";

/**
 * Checks a workflow for what would let code of others write to the repository or to the registry.
 *
 * @param root - The repository's folder, where the scripts are that it runs.
 * @returns A sentence for each violation.
 */
export function checkWorkflow(workflow: Workflow, root: string): string[] {
  const violations = [
    ...checkEvents(workflow),
    ...checkActions(workflow),
    ...checkPermissions(workflow),
    ...[...workflow.jobs.values()].flatMap((job) => [
      ...checkRights(job),
      ...checkCheckout(job),
      ...checkExpressions(job),
      ...checkWriters(workflow, job, root),
      ...checkPublishing(workflow, job),
    ]),
  ];
  return violations.map((violation) => `${workflow.file}: ${violation}`);
}

/** They run with the rights of the repository, on behalf of whoever opens a pull request. */
function checkEvents({ events }: Workflow): string[] {
  return events
    .filter((event) => event === "pull_request_target" || event === "workflow_run")
    .map((event) => `must not start on ${event}, which gives strangers the repository's rights.`);
}

/** A tag can be moved to another commit; the comment says which release the commit is. */
function checkActions({ text }: Workflow): string[] {
  return [...text.matchAll(/^[\s-]*uses:\s*(.+)$/gm)]
    .map(([, action = ""]) => action.trim())
    .filter((action) => !/^[\w.-]+(?:\/[\w.-]+)+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action))
    .map((action) => `${action} must be pinned: owner/action@<40 digits of a commit> # v<release>.`);
}

function checkPermissions({ permissions }: Workflow): string[] {
  const rule = "permissions at the top must be {} or contents: read; a job takes for itself what it needs.";
  if (permissions === undefined || typeof permissions === "string") return [rule];
  const wide = Object.entries(permissions).some(([right, level]) => right !== "contents" || level !== "read");
  return wide ? [rule] : [];
}

function checkRights({ name, permissions }: Job): string[] {
  if (typeof permissions !== "string" || permissions === "read-all") return [];
  return [`job ${name}: permissions must name what the job may write.`];
}

/** Otherwise the token stays in .git/config, for everything that runs later in the job. */
function checkCheckout({ name, steps }: Job): string[] {
  return steps
    .filter(
      (step) => step.uses?.startsWith("actions/checkout@") && step.with["persist-credentials"] !== false,
    )
    .map(() => `job ${name}: actions/checkout must have persist-credentials: false.`);
}

/** What a stranger names a branch or a title would become part of the command. */
function checkExpressions({ name, steps }: Job): string[] {
  return steps.flatMap(({ run }) =>
    [...run.matchAll(/\$\{\{(.*?)\}\}/g)].map(
      ([, expression = ""]) =>
        `job ${name}: \${{${expression}}} must come into a command by env, not be part of its text.`,
    ),
  );
}

/** Actions that run nothing of the repository. */
const trusted = /^(?:actions\/(?:checkout|setup-node|(?:up|down)load-artifact)|github\/codeql-action\/\w+)@/;

/** What installs, and what may run what was installed. */
const runsOthers =
  /\b(?:npm|npx|pnpm|pnpx|yarn|bun|bunx|deno|corepack|turbo|pip|curl|wget|make|eval|source)\b/;

/** A job that may write runs commands of the system, and scripts of ours that import nothing installed. */
function checkWriters(workflow: Workflow, job: Job, root: string): string[] {
  const rights = writeRights(workflow, job);
  if (rights.length === 0) return [];
  const subject = `job ${job.name}, which may write ${rights.join(" and ")},`;
  const actions = job.steps.flatMap(({ uses }) => uses ?? []);
  return [
    ...actions
      .filter((action) => !trusted.test(action))
      .map((action) => `${subject} must not use ${action}: it may run anything.`),
    ...job.steps
      .filter(({ with: inputs }) => inputs["cache"] !== undefined)
      .map(() => `${subject} must not take a cache, which other jobs can fill.`),
    ...job.steps.flatMap(commandsOf).flatMap((command) => {
      if (runsOthers.test(command)) return [`${subject} must not run "${command}".`];
      if (/(?:^|[\s(;&|])(?:\.{1,2}\/|(?:ba|z|da)?sh\s)/.test(command)) {
        return [`${subject} must not run "${command}": a script of the repository.`];
      }
      return reachesOthers(command, root).map((why) => `${subject} must not run "${command}": ${why}.`);
    }),
  ];
}
