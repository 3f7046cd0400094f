import { expressions, keys } from "./allowed.ts";
import { checkExpected } from "./check-expected.ts";
import { checkStep } from "./check-step.ts";
import { expected } from "./expected.ts";
import type { Fields, Job, Workflow } from "./workflow.ts";

/**
 * Checks that a workflow contains exactly what is listed, so that third-party code writes neither to the repository nor
 * to the registry.
 *
 * @returns A sentence for each violation.
 */
export function checkWorkflow(workflow: Workflow): string[] {
  const violations = [
    ...checkKeys(workflow.fields, keys.workflow, ""),
    ...checkEvents(workflow),
    ...checkExpressions({ ...workflow.fields, jobs: undefined }, ""),
    ...workflow.jobs.flatMap((job) => {
      const subject = `job ${job.name}: `;
      return [
        ...checkJob(workflow.file, job, subject),
        ...job.steps.flatMap((step) => [
          ...checkKeys(step.fields, keys.step, subject),
          ...checkStep(step).map((violation) => subject + violation),
        ]),
      ];
    }),
    ...checkExpected(workflow),
  ];
  return violations.map((violation) => `${workflow.file}: ${violation}`);
}

function checkJob(file: string, { name, fields }: Job, subject: string): string[] {
  const jobs = expected.get(file)?.jobs ?? {};
  const runner = (Object.hasOwn(jobs, name) ? jobs[name]?.["runs-on"] : undefined) ?? "ubuntu-latest";
  return [
    ...checkKeys(fields, keys.job, subject),
    ...checkExpressions({ ...fields, if: undefined }, subject),
    ...(fields["runs-on"] === runner
      ? []
      : [`${subject}runs-on must be ${runner}, got ${JSON.stringify(fields["runs-on"])}.`]),
  ];
}

function checkKeys(fields: Fields, allowed: readonly string[], subject: string): string[] {
  return Object.keys(fields)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${subject}the key ${key} must be absent, since it is not listed.`);
}

/** Whoever starts a workflow chooses what it reads, so a job with write access to the repository follows main only. */
function checkEvents({ events, jobs }: Workflow): string[] {
  const writers = jobs.filter(({ writes }) => writes.some((right) => right !== "security-events"));
  return Object.keys(events)
    .filter((event) => event !== "push")
    .flatMap((event) =>
      writers.map(({ name, writes }) => {
        return `job ${name}: may write ${writes.join(" and ")}, so the workflow must start on push only, got ${event}.`;
      }),
    );
}

/** What an expression stands for becomes part of the text around it. */
function checkExpressions(value: unknown, subject: string): string[] {
  return textsOf(value)
    .flatMap((text) => [...text.matchAll(/\$\{\{([\s\S]*?)(?:\}\}|$)/g)])
    .map(([, expression = ""]) => expression.replace(/\s+/g, " ").trim())
    .filter((expression) => !expressions.includes(expression))
    .map((expression) => `${subject}the expression ${expression} must be absent, since it is not listed.`);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsOf(each)]);
}
