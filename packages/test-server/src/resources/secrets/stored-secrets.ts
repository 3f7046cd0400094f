import type { ServerState } from "../../api/server-state.ts";
import {
  type StoredSecret,
  type StoredSecretLocation,
  storedSecret,
  storedSecretLocation,
  type TestSecrets,
} from "../../direct-access.ts";
import { checked } from "../../engine/check.ts";
import { metadataEntries } from "../../seed/apply-seed.ts";
import { publishSecret } from "../events/secret-events.ts";
import { ensureFolder, findEnvironment, findFolder } from "../folders/folders-state.ts";
import type { Project } from "../projects/project.ts";
import { type Tag, tagBySlug } from "../projects/tags.ts";
import { addSecret, changeSecret, removeSecret, type Secret, type SecretContent } from "./secrets-state.ts";

/** Direct access to the stored secrets, bypassing the API. */
export class StoredSecrets implements TestSecrets {
  readonly #state: () => ServerState;

  constructor(state: () => ServerState) {
    this.#state = state;
  }

  set(secret: StoredSecret): void {
    checked("secrets.set()", storedSecret, secret);
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
    const stored = existing
      ? changeSecret(state, existing, content)
      : addSecret(state, folder, { value: secret.value, ...content, key: secret.key });
    publishSecret(state, existing ? "secret:update" : "secret:create", stored);
  }

  get(location: StoredSecretLocation): string | undefined {
    return this.#find(checked("secrets.get()", storedSecretLocation, location))?.value;
  }

  delete(location: StoredSecretLocation): boolean {
    const secret = this.#find(checked("secrets.delete()", storedSecretLocation, location));
    if (!secret) return false;
    removeSecret(this.#state(), secret);
    publishSecret(this.#state(), "secret:delete", secret);
    return true;
  }

  #find(location: StoredSecretLocation): Secret | undefined {
    const { environment } = locate(this.#state(), location);
    return findFolder(environment, location.path ?? "/")?.secrets.get(location.key);
  }
}

function locate({ projects }: ServerState, { project: named, environment: slug }: StoredSecretLocation) {
  const project = named === undefined ? projects.all()[0] : (projects.bySlug(named) ?? projects.byId(named));
  if (!project) throw new Error(`The test server has no project "${named ?? ""}"`);
  const environment = findEnvironment(project, slug);
  if (!environment) throw new Error(`The project "${project.slug}" has no environment "${slug}"`);
  return { project, environment };
}

function tagOf(project: Project, slug: string): Tag {
  const tag = tagBySlug(project, slug);
  if (!tag) throw new Error(`The project "${project.slug}" has no tag "${slug}"`);
  return tag;
}
