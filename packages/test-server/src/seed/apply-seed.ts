import type { ServerState } from "../api/server-state.ts";
import { addIdentity } from "../auth/identities.ts";
import type { TestServerOptions } from "../options.ts";
import { addDynamicSecret, type NewDynamicSecret } from "../resources/dynamic-secrets/dynamic-secret.ts";
import { providerInputs } from "../resources/dynamic-secrets/provider-inputs.ts";
import { ensureFolder, type Folder, findEnvironment } from "../resources/folders/folders-state.ts";
import { addEnvironment, type Environment } from "../resources/projects/environments.ts";
import { addProject, type Project } from "../resources/projects/project.ts";
import { addTag } from "../resources/projects/tags.ts";
import { addImport } from "../resources/secret-imports/imports-state.ts";
import type { SecretMetadata } from "../resources/secrets/fields.ts";
import { addSecret, type NewSecret } from "../resources/secrets/secrets-state.ts";
import type { IdentitySeed } from "./identity-seed.ts";
import { type DynamicSecretSeed, type ProjectSeed, type SecretSeed, seededFolders } from "./project-seed.ts";

/** Fills an empty state with the seed of the options. */
export function applySeed(state: ServerState, options: TestServerOptions): void {
  const projects = options.projects ?? [defaultProject];
  for (const project of projects) seedProject(state, project);
  for (const identity of options.identities ?? [administrator(projects)]) addIdentity(state, identity);
}

function seedProject(state: ServerState, seed: ProjectSeed): void {
  const project = addProject(state, seed);
  for (const environment of seed.environments) addEnvironment(state, project, environment);
  for (const { slug, color = "" } of seed.tags ?? []) {
    addTag(state, project, { slug, color, createdBy: state.organizationId });
  }
  const environmentOf = (slug: string): Environment => {
    const environment = findEnvironment(project, slug);
    if (!environment) throw new Error(`The seed names an unknown environment "${slug}"`);
    return environment;
  };
  const folderOf = (slug: string, path: string): Folder => ensureFolder(state, environmentOf(slug), path);

  for (const [slug, paths] of Object.entries(seed.folders ?? {})) {
    for (const path of paths) folderOf(slug, path);
  }
  for (const { environment, path, entries } of seededFolders(seed.secrets)) {
    const folder = folderOf(environment, path);
    for (const [key, secret] of entries) addSecret(state, folder, secretContent(project, key, secret));
  }
  for (const { environment, path, entries } of seededFolders(seed.dynamicSecrets)) {
    const folder = folderOf(environment, path);
    for (const [name, one] of entries) addDynamicSecret(state, folder, newDynamicSecret(name, one));
  }
  for (const { environment, path = "/", import: source } of seed.imports ?? []) {
    const folder = folderOf(environment, path);
    addImport(state, folder, {
      environment: environmentOf(source.environment),
      path: source.path ?? "/",
    });
  }
  for (const { environment, path } of seed.approvals ?? []) {
    project.approvals.push({ id: state.identifiers.uuid(), name: "seed", environment, path });
  }
}

function secretContent(project: Project, key: string, seed: string | SecretSeed): NewSecret {
  if (typeof seed === "string") return { key, value: seed };
  return {
    key,
    value: seed.value,
    comment: seed.comment ?? "",
    reminderNote: seed.reminderNote ?? null,
    reminderRepeatDays: seed.reminderRepeatDays ?? null,
    skipMultilineEncoding: seed.skipMultilineEncoding ?? false,
    secretMetadata: metadataEntries(seed.metadata ?? {}),
    tags: [...project.tags.values()].filter(({ slug }) => seed.tags?.includes(slug)),
  };
}

/** Metadata in the format of the API: a list of entries. */
export function metadataEntries(metadata: Readonly<Record<string, string>>): SecretMetadata[] {
  return Object.entries(metadata).map(([key, value]) => ({ key, value, isEncrypted: false }));
}

/** A seeded dynamic secret with the server's defaults filled in. */
function newDynamicSecret(name: string, seed: DynamicSecretSeed): NewDynamicSecret {
  return {
    name,
    type: seed.type,
    inputs: providerInputs(seed.type).parse(seed.inputs),
    defaultTTL: seed.defaultTTL ?? "1h",
    maxTTL: seed.maxTTL === undefined ? "24h" : seed.maxTTL,
    usernameTemplate: seed.usernameTemplate,
    metadata: Object.entries(seed.metadata ?? {}).map(([key, value]) => ({ key, value })),
  };
}

const defaultProject: ProjectSeed = {
  name: "Example Project",
  slug: "example-project",
  environments: [
    { name: "Development", slug: "dev" },
    { name: "Staging", slug: "staging" },
    { name: "Production", slug: "prod" },
  ],
};

/** The identity of a server without seeded identities: an administrator of every project. */
function administrator(projects: readonly ProjectSeed[]): IdentitySeed {
  const projectRoles = Object.fromEntries(projects.map(({ slug }) => [slug, "admin" as const]));
  return { name: "admin", organizationRole: "admin", projectRoles, universalAuth: {} };
}
