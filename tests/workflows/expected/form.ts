import type { Fields } from "../workflow.ts";

/** The parts of a workflow that have exactly one allowed value each; an absent part must be absent. */
export interface ExpectedWorkflow {
  /** The events that start the workflow, each with its filters. */
  readonly on: Fields;
  readonly permissions: Fields;
  readonly concurrency?: Fields;
  /** All jobs: none can be missing or added. */
  readonly jobs: Readonly<Record<string, ExpectedJob>>;
}

export interface ExpectedJob {
  readonly needs?: readonly string[];
  /** `ubuntu-latest` by default. */
  readonly "runs-on"?: string;
  /** With each run of whitespace as one space. */
  readonly if?: string;
  readonly permissions?: Fields;
  readonly environment?: string;
  readonly outputs?: Fields;
  readonly strategy?: Fields;
  /** All steps, in order. */
  readonly steps: readonly StepForm[];
}

/** What a step does: an action or a script, never both. */
export interface StepForm {
  readonly id: unknown;
  readonly action: string | undefined;
  /** The input that tells what the action works on: an artifact's name or a version of Node. */
  readonly input: unknown;
  readonly run: string;
  /** The names of the variables. */
  readonly env: readonly string[];
}

/** A step that uses an action. */
export function action(name: string, input?: unknown): StepForm {
  return { id: undefined, action: name, input, run: "", env: [] };
}

/** A step that runs a script, which is compared as a whole. */
export function script(
  run: string,
  { id, env = [] }: { readonly id?: string; readonly env?: readonly string[] } = {},
): StepForm {
  return { id, action: undefined, input: undefined, run, env };
}

export const checkout: StepForm = action("actions/checkout");

export const setupNode: StepForm = action("actions/setup-node", 24);
