import { metadataEntries } from "../seed/apply-seed.js";
import type { Environment, Project, Secret, SecretContent, Tag } from "../state/entities.js";
import { ensureFolder, findEnvironment, findFolder } from "../state/folders.js";
import { addSecret, changeSecret, removeSecret } from "../state/secrets.js";
import type { ServerState } from "../state/server-state.js";
import type { StoredSecret, StoredSecretPlace, TestSecrets } from "../test-server.js";

/** Direct access to the stored secrets, past the API. */
export class StoredSecrets implements TestSecrets {
  readonly #state: () => ServerState;

  constructor(state: () => ServerState) {
    this.#state = state;
  }

  set(secret: StoredSecret): void {
    for (const field of ["key", "value"] as const) {
      if (typeof secret[field] !== "string") throw new TypeError(`secrets.set(): ${field} must be a string`);
    }
    const state = this.#state();
    const { project, environment } = locate(state, secret);
    const folder = ensureFolder(state, environment, secret.path ?? "/");
    const content: Partial<SecretContent> = {
      value: secret.value,
      ...(secret.comment !== undefined && { comment: secret.comment }),
      ...(secret.tags && { tags: secret.tags.map((slug) => tagOf(project, slug)) }),
      ...(secret.metadata && { secretMetadata: metadataEntries(secret.metadata) }),
    };
    const existing = folder.secrets.get(secret.key);
    if (existing) changeSecret(state, existing, content);
    else addSecret(state, folder, { value: secret.value, ...content, key: secret.key });
  }

  get(place: StoredSecretPlace): string | undefined {
    return this.#find(place)?.value;
  }

  delete(place: StoredSecretPlace): boolean {
    const secret = this.#find(place);
    if (secret) removeSecret(this.#state(), secret);
    return secret !== undefined;
  }

  #find(place: StoredSecretPlace): Secret | undefined {
    const { environment } = locate(this.#state(), place);
    return findFolder(environment, place.path ?? "/")?.secrets.get(place.key);
  }
}

function locate(
  { projects }: ServerState,
  place: StoredSecretPlace,
): { readonly project: Project; readonly environment: Environment } {
  const project =
    place.project === undefined
      ? projects.all()[0]
      : (projects.bySlug(place.project) ?? projects.byId(place.project));
  if (!project) throw new Error(`The test server has no project "${place.project ?? ""}"`);
  const environment = findEnvironment(project, place.environment);
  if (!environment)
    throw new Error(`The project "${project.slug}" has no environment "${place.environment}"`);
  return { project, environment };
}

function tagOf(project: Project, slug: string): Tag {
  const tag = [...project.tags.values()].find((candidate) => candidate.slug === slug);
  if (!tag) throw new Error(`The project "${project.slug}" has no tag "${slug}"`);
  return tag;
}
