import type { Project } from "../state/entities.ts";
import { environmentsInOrder } from "../state/new-project.ts";
import type { ServerState } from "../state/server-state.ts";

/** A project as sent to clients, without its environments. */
export function projectView({ organizationId }: ServerState, project: Project): Record<string, unknown> {
  return {
    id: project.id,
    name: project.name,
    slug: project.slug,
    description: project.description,
    type: project.type,
    autoCapitalization: project.autoCapitalization,
    hasDeleteProtection: project.hasDeleteProtection,
    orgId: organizationId,
    createdAt: project.createdAt,
    updatedAt: project.updatedAt,
    version: 3,
    upgradeStatus: null,
    pitVersionLimit: 10,
    kmsCertificateKeyId: null,
    auditLogsRetentionDays: null,
  };
}

/** A project with its environments, in the order of their positions. */
export function fullProjectView(state: ServerState, project: Project): Record<string, unknown> {
  return {
    ...projectView(state, project),
    _id: project.id,
    environments: environmentsInOrder(project).map(({ name, slug, id }) => ({ name, slug, id })),
  };
}
