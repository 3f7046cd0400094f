import type { ProjectSeed, SecretSeed, TestServerOptions } from "../options.ts";
import { addDynamicSecret } from "../state/dynamic-secrets.ts";
import type { Environment, Project, SecretMetadata } from "../state/entities.ts";
import { ensureFolder, findEnvironment } from "../state/folders.ts";
import { addImport } from "../state/imports.ts";
import { addEnvironment, addProject } from "../state/new-project.ts";
import { addSecret, type NewSecret } from "../state/secrets.ts";
import type { ServerState } from "../state/server-state.ts";
import { addTag } from "../state/tags.ts";
import { addIdentity } from "./add-identity.ts";
import { defaultIdentities, defaultProjects } from "./default-seed.ts";
import { newDynamicSecret } from "./dynamic-secrets-schema.ts";

/** Fills an empty state with the seed of the options. */
export function applySeed(state: ServerState, options: TestServerOptions): void {
  const projects = options.projects ?? defaultProjects();
  for (const project of projects) seedProject(state, project);
  for (const identity of options.identities ?? defaultIdentities(projects)) addIdentity(state, identity);
}

function seedProject(state: ServerState, seed: ProjectSeed): void {
  const project = addProject(state, seed);
  for (const environment of seed.environments) addEnvironment(state, project, environment);
  for (const { slug, color = "" } of seed.tags ?? []) {
    addTag(state, project, { slug, color, createdBy: state.organizationId });
  }
  for (const [slug, paths] of Object.entries(seed.folders ?? {})) {
    for (const path of paths) ensureFolder(state, environmentOf(project, slug), path);
  }
  for (const [slug, folders] of Object.entries(seed.secrets ?? {})) {
    for (const [path, secrets] of Object.entries(folders)) {
      const folder = ensureFolder(state, environmentOf(project, slug), path);
      for (const [key, secret] of Object.entries(secrets)) {
        addSecret(state, folder, secretContent(project, key, secret));
      }
    }
  }
  for (const [slug, folders] of Object.entries(seed.dynamicSecrets ?? {})) {
    for (const [path, dynamicSecrets] of Object.entries(folders)) {
      const folder = ensureFolder(state, environmentOf(project, slug), path);
      for (const [name, dynamicSecret] of Object.entries(dynamicSecrets)) {
        addDynamicSecret(state, folder, newDynamicSecret(name, dynamicSecret));
      }
    }
  }
  for (const { environment, path = "/", import: source } of seed.imports ?? []) {
    const folder = ensureFolder(state, environmentOf(project, environment), path);
    addImport(state, folder, {
      environment: environmentOf(project, source.environment),
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

function environmentOf(project: Project, slug: string): Environment {
  const environment = findEnvironment(project, slug);
  if (!environment) throw new Error(`The seed names an unknown environment "${slug}"`);
  return environment;
}
