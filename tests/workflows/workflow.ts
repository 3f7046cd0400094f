import { parseDocument } from "yaml";

/** A part of a workflow, as YAML has it. */
export type Fields = Readonly<Record<string, unknown>>;

/** A workflow with the parts that several rules look at. */
export interface Workflow {
  readonly file: string;
  readonly fields: Fields;
  /** The events that start it, each with its filters. */
  readonly events: Fields;
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly name: string;
  readonly fields: Fields;
  readonly needs: readonly string[];
  /** What the job may write, such as `contents`; everything where neither it nor the workflow has permissions. */
  readonly writes: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly fields: Fields;
  readonly uses: string | undefined;
  /** The comment after `uses`. */
  readonly release: string;
  readonly run: string;
  readonly with: Fields;
  readonly env: Fields;
}

/** Reads a workflow. */
export function readWorkflow(file: string, text: string): Workflow {
  const document = parseDocument(text);
  if (document.errors[0] !== undefined) throw new Error(`${file}: ${document.errors[0].message}`);
  const fields = fieldsOf(document.toJS());
  const releaseOf = (path: readonly unknown[]): string => {
    const node = document.getIn([...path, "uses"], true);
    return String(fieldsOf(node)["comment"] ?? "").trim();
  };
  const jobs = Object.entries(fieldsOf(fields["jobs"])).map(([name, job]) => {
    const { needs, steps, permissions = fields["permissions"] } = fieldsOf(job);
    return {
      name,
      fields: fieldsOf(job),
      needs: listOf(needs).map(String),
      writes: writesOf(permissions),
      steps: listOf(steps).map((step, index) => readStep(step, releaseOf(["jobs", name, "steps", index]))),
    };
  });
  return { file, fields, events: eventsOf(fields["on"]), jobs };
}

function readStep(step: unknown, release: string): Step {
  const fields = fieldsOf(step);
  const { uses, run = "", with: inputs, env } = fields;
  return {
    fields,
    uses: uses === undefined ? undefined : String(uses),
    release,
    run: String(run),
    with: fieldsOf(inputs),
    env: fieldsOf(env),
  };
}

function writesOf(permissions: unknown): readonly string[] {
  if (permissions === undefined || typeof permissions === "string") return ["everything"];
  const levels = fieldsOf(permissions);
  return Object.keys(levels).filter((right) => levels[right] !== "read" && levels[right] !== "none");
}

function eventsOf(on: unknown): Fields {
  if (typeof on === "object" && !Array.isArray(on)) return fieldsOf(on);
  return Object.fromEntries(listOf(on).map((event) => [String(event), null]));
}

/** The fields of a mapping; those of anything else have the names 0, 1, ..., which no list of keys contains. */
function fieldsOf(value: unknown): Fields {
  return Object.fromEntries(Object.entries(typeof value === "object" ? (value ?? {}) : listOf(value)));
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
