import type { Environment, Project } from "./entities.ts";
import { newFolder } from "./folders.ts";
import type { ServerState } from "./server-state.ts";

export interface NewProject {
  readonly id?: string | undefined;
  readonly name: string;
  readonly slug: string;
  readonly description?: string | null | undefined;
  readonly type?: string | undefined;
  readonly hasDeleteProtection?: boolean | undefined;
}

/** Adds a project without environments. */
export function addProject(state: ServerState, options: NewProject): Project {
  const now = state.timestamp();
  const project: Project = {
    id: options.id ?? state.identifiers.uuid(),
    name: options.name,
    slug: options.slug,
    description: options.description ?? null,
    type: options.type ?? "secret-manager",
    hasDeleteProtection: options.hasDeleteProtection ?? false,
    autoCapitalization: true,
    createdAt: now,
    updatedAt: now,
    environments: new Map(),
    tags: new Map(),
    kmsKeys: new Map(),
    roles: new Map(),
    users: new Map(),
    approvals: [],
  };
  state.projects.add(project);
  return project;
}

/** Adds an environment with its root folder. Those at or after its position move back by one. */
export function addEnvironment(
  state: ServerState,
  project: Project,
  options: { readonly name: string; readonly slug: string; readonly position?: number | undefined },
): Environment {
  const now = state.timestamp();
  const positions = [...project.environments.values()].map((other) => other.position);
  const position = options.position ?? Math.max(0, ...positions) + 1;
  for (const other of project.environments.values()) {
    if (other.position >= position) other.position += 1;
  }
  const environment = {
    id: state.identifiers.uuid(),
    name: options.name,
    slug: options.slug,
    position,
    projectId: project.id,
    createdAt: now,
    updatedAt: now,
  } as Environment;
  Object.assign(environment, { root: newFolder(state, environment, null, "root") });
  project.environments.set(environment.id, environment);
  return environment;
}

/** Moves an environment to another position and shifts the others. */
export function moveEnvironment(project: Project, environment: Environment, position: number): void {
  const others = environmentsInOrder(project).filter((other) => other !== environment);
  others.splice(position - 1, 0, environment);
  for (const [index, other] of others.entries()) other.position = index + 1;
}

/** The environments of a project, ordered by position. */
export function environmentsInOrder(project: Project): Environment[] {
  return [...project.environments.values()].sort((left, right) => left.position - right.position);
}
