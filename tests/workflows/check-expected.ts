import { isDeepStrictEqual } from "node:util";
import type { ExpectedJob, StepForm } from "./expected/form.ts";
import { expected } from "./expected.ts";
import type { Job, Step, Workflow } from "./workflow.ts";

/** Checks that a workflow has the events, rights, jobs and steps that are expected of its file, and no others. */
export function checkExpected({ file, fields, events, jobs }: Workflow): string[] {
  const workflow = expected.get(file);
  if (workflow === undefined) return ["the workflow must be absent, since it is not listed."];
  return [
    ...namesOf(workflow.on, events).flatMap((event) =>
      different(`the event ${event}`, own(workflow.on, event), own(events, event)),
    ),
    ...different("permissions", workflow.permissions, fields["permissions"]),
    ...different("concurrency", workflow.concurrency, fields["concurrency"]),
    ...Object.keys(workflow.jobs)
      .filter((name) => !jobs.some((job) => job.name === name))
      .map((name) => `job ${name} must exist.`),
    ...jobs.flatMap((job) => checkJob(own(workflow.jobs, job.name), job)),
  ];
}

function checkJob(rule: ExpectedJob | undefined, { name, fields, needs, steps }: Job): string[] {
  if (rule === undefined) return [`job ${name} must be absent, since it is not listed.`];
  const condition = fields["if"];
  const found = typeof condition === "string" ? condition.replace(/\s+/g, " ").trim() : condition;
  const count = Math.max(rule.steps.length, steps.length);
  return [
    ...different("needs", rule.needs ?? [], needs),
    ...different("if", rule.if, found),
    ...(["permissions", "environment", "outputs", "strategy"] as const).flatMap((key) =>
      different(key, rule[key], fields[key]),
    ),
    ...Array.from({ length: count }, (_, index) => index).flatMap((index) =>
      different(`step ${index}`, rule.steps[index], formOf(steps[index])),
    ),
  ].map((violation) => `job ${name}: ${violation}`);
}

function formOf(step: Step | undefined): StepForm | undefined {
  if (step === undefined) return undefined;
  const { fields, uses, run, with: inputs, env } = step;
  return {
    id: fields["id"],
    action: uses?.split("@")[0],
    input: inputs["name"] ?? inputs["node-version"],
    run: run.trim(),
    env: Object.keys(env),
  };
}

function different(subject: string, rule: unknown, found: unknown): string[] {
  if (isDeepStrictEqual(rule, found)) return [];
  return [
    `${subject} must be ${rule === undefined ? "absent" : JSON.stringify(rule)}, got ${JSON.stringify(found)}.`,
  ];
}

function namesOf(...values: readonly object[]): readonly string[] {
  return [...new Set(values.flatMap((value) => Object.keys(value)))];
}

/** The value of a key, but nothing that every object inherits, such as `toString`. */
function own<Value>(values: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
