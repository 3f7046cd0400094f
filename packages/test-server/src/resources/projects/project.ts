import { type ZodType, type ZodTypeDef, z } from "zod";
import { databaseError, notFound } from "../../api/api-error.ts";
import { type Action, requirePermission, type Subject } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { isUuid } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import type { KmsKey } from "../kms/kms-keys.ts";
import type { Environment } from "./environments.ts";
import type { UserMembership } from "./memberships.ts";
import type { Tag } from "./tags.ts";

/** The fields that every stored entity has. */
export type Entity = ReturnType<ServerState["newEntity"]>;

/** A project role. It allows everything, everything except managing the project, reading, or nothing. */
export type ProjectRole = "admin" | "member" | "viewer" | "no-access";

/** Where writes become approval requests: an environment, one path in it, or a path and all below (`/app/**`). */
export interface ApprovalPolicy {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly path: string | undefined;
}

export interface Project extends Entity {
  name: string;
  slug: string;
  description: string | null;
  readonly type: string;
  hasDeleteProtection: boolean;
  autoCapitalization: boolean;
  /** By id. */
  readonly environments: Map<string, Environment>;
  readonly tags: Map<string, Tag>;
  readonly kmsKeys: Map<string, KmsKey>;
  readonly roles: Map<string, ProjectRole>;
  readonly users: Map<string, UserMembership>;
  readonly approvals: ApprovalPolicy[];
}

/** The projects of the organization. */
export class Projects {
  readonly #byId = new Map<string, Project>();

  add(project: Project): void {
    this.#byId.set(project.id, project);
  }

  remove(project: Project): void {
    this.#byId.delete(project.id);
  }

  all(): Project[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Project | undefined {
    return this.#byId.get(id);
  }

  bySlug(slug: string): Project | undefined {
    return this.all().find((project) => project.slug === slug);
  }
}

export interface NewProject extends Pick<Project, "name" | "slug"> {
  readonly id?: string | undefined;
  readonly description?: string | undefined;
  readonly type?: string | undefined;
  readonly hasDeleteProtection?: boolean | undefined;
}

/** Adds a project without environments. */
export function addProject(state: ServerState, options: NewProject): Project {
  const { id, ...timestamps } = state.newEntity();
  const project: Project = {
    id: options.id ?? id,
    ...timestamps,
    name: options.name,
    slug: options.slug,
    description: options.description ?? null,
    type: options.type ?? "secret-manager",
    hasDeleteProtection: options.hasDeleteProtection ?? false,
    autoCapitalization: false,
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

/** The project with this id, or of these fields, if the identity is allowed the action there. */
export function permittedProject(
  { state }: Routes,
  { identity }: AuthenticatedRequest,
  named: string | ProjectFields,
  action: Action,
  subject: Subject,
): Project {
  const id = typeof named === "string" ? named : (named.workspaceId ?? named.projectId ?? "");
  if (!isUuid(id)) throw databaseError("Find by id");
  const project = found(state.projects.byId(id), `Project with ${id} not found`);
  requirePermission(identity, project, action, subject);
  return project;
}

/** What was looked for. Throws 404 with the message if there is none. */
export function found<Wanted>(wanted: Wanted | undefined, message: string, label?: string): Wanted {
  if (wanted === undefined) throw notFound(message, label);
  return wanted;
}

/** A field that a route does not know is dropped, whatever its value. */
const dropped = z.unknown().transform(() => undefined);
const noProject = { workspaceId: dropped, workspaceSlug: dropped, projectId: dropped, projectSlug: dropped };

/** The fields that can name the project of a request. Each route knows some of them. */
export type ProjectFields = { readonly [Field in keyof typeof noProject]?: string | undefined };
type FieldSchemas = Record<keyof ProjectFields, ZodType<string | undefined, ZodTypeDef, unknown>>;

/** The schemas of the fields that name the project, of which a route knows these. */
export function projectFields(known: Partial<FieldSchemas>): FieldSchemas {
  return { ...noProject, ...known };
}
