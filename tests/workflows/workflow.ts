import { parse } from "yaml";

/** The parts of a workflow that the rules look at. */
export interface Workflow {
  readonly file: string;
  readonly text: string;
  /** The names of the events that start it. */
  readonly events: readonly string[];
  readonly permissions: Permissions | undefined;
  readonly jobs: ReadonlyMap<string, Job>;
}

export type Permissions = string | Readonly<Record<string, string>>;

export interface Job {
  readonly name: string;
  readonly permissions: Permissions | undefined;
  readonly needs: readonly string[];
  readonly steps: readonly Step[];
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Step {
  readonly uses: string | undefined;
  readonly run: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, unknown>>;
}

/** Reads a workflow. */
export function readWorkflow(file: string, text: string): Workflow {
  const { on, permissions, jobs = {} } = parse(text);
  return {
    file,
    text,
    events: typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {}),
    permissions,
    jobs: new Map(Object.keys(jobs).map((name) => [name, readJob(name, jobs[name])])),
  };
}

function readJob(name: string, { permissions, needs = [], steps = [], outputs = {} }: RawJob): Job {
  return {
    name,
    permissions,
    needs: [needs].flat(),
    outputs,
    steps: steps.map(({ uses, run = "", with: inputs = {}, env = {} }) => ({ uses, run, with: inputs, env })),
  };
}

interface RawJob {
  readonly permissions?: Permissions;
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, unknown>>;
  }[];
}

/** The rights that a job has to write something, such as `contents`; its own permissions replace those at the top. */
export function writeRights({ permissions }: Workflow, job: Job): readonly string[] {
  const own = job.permissions ?? permissions;
  if (own === undefined || own === "write-all") return ["everything"];
  if (typeof own === "string") return [];
  return Object.keys(own).filter((right) => own[right] === "write");
}

/** The commands of a step, one a line; a line that ends with a backslash goes on. */
export function commandsOf({ run }: Step): readonly string[] {
  const lines = run.replace(/\\\n\s*/g, "").split("\n");
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}
