import type { AwsCredential, Identity } from "./entities.ts";

/** The machine identities of the organization. */
export class Identities {
  readonly #byId = new Map<string, Identity>();
  readonly #byClientId = new Map<string, Identity>();

  add(identity: Identity): void {
    this.#byId.set(identity.id, identity);
    if (identity.universalAuth) this.#byClientId.set(identity.universalAuth.clientId, identity);
  }

  all(): Identity[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Identity | undefined {
    return this.#byId.get(id);
  }

  byClientId(clientId: string): Identity | undefined {
    return this.#byClientId.get(clientId);
  }

  /** The access keys of the simulated AWS, which all identities share. */
  awsCredentials(): AwsCredential[] {
    return this.all().flatMap(({ awsAuth }) => awsAuth?.credentials ?? []);
  }
}
