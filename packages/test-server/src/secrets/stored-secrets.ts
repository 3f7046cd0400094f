import { metadataEntries } from "../seed/apply-seed.ts";
import { parseArgument } from "../seed/parse-argument.ts";
import type { Environment, Project, Secret, SecretContent, Tag } from "../state/entities.ts";
import { ensureFolder, findEnvironment, findFolder } from "../state/folders.ts";
import { addSecret, changeSecret, removeSecret } from "../state/secrets.ts";
import type { ServerState } from "../state/server-state.ts";
import type { StoredSecret, StoredSecretLocation, TestSecrets } from "../test-server.ts";

/** Direct access to the stored secrets, bypassing the API. */
export class StoredSecrets implements TestSecrets {
  readonly #state: () => ServerState;

  constructor(state: () => ServerState) {
    this.#state = state;
  }

  set(secret: StoredSecret): void {
    parseArgument("secrets.set()", secret);
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

  get(location: StoredSecretLocation): string | undefined {
    return this.#find(parseArgument("secrets.get()", location))?.value;
  }

  delete(location: StoredSecretLocation): boolean {
    const secret = this.#find(parseArgument("secrets.delete()", location));
    if (secret) removeSecret(this.#state(), secret);
    return secret !== undefined;
  }

  #find(location: StoredSecretLocation): Secret | undefined {
    const { environment } = locate(this.#state(), location);
    return findFolder(environment, location.path ?? "/")?.secrets.get(location.key);
  }
}

function locate(
  { projects }: ServerState,
  location: StoredSecretLocation,
): { readonly project: Project; readonly environment: Environment } {
  const project =
    location.project === undefined
      ? projects.all()[0]
      : (projects.bySlug(location.project) ?? projects.byId(location.project));
  if (!project) throw new Error(`The test server has no project "${location.project ?? ""}"`);
  const environment = findEnvironment(project, location.environment);
  if (!environment)
    throw new Error(`The project "${project.slug}" has no environment "${location.environment}"`);
  return { project, environment };
}

function tagOf(project: Project, slug: string): Tag {
  const tag = [...project.tags.values()].find((candidate) => candidate.slug === slug);
  if (!tag) throw new Error(`The project "${project.slug}" has no tag "${slug}"`);
  return tag;
}
