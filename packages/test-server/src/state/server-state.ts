import type { MovableClock } from "../clock.ts";
import { Leases } from "../dynamic-secrets/leases.ts";
import type { SecretValidationRuleSeed, TestServerOptions } from "../options.ts";
import { AccessTokens } from "./access-tokens.ts";
import { Identifiers } from "./identifiers.ts";
import { Identities } from "./identities.ts";
import { Projects } from "./projects.ts";

/** The server's data. A reset creates a new one. */
export class ServerState {
  readonly clock: MovableClock;
  readonly identifiers: Identifiers = new Identifiers();
  readonly organizationId: string;
  readonly organizationSlug = "test-organization";
  readonly projects: Projects = new Projects();
  readonly identities: Identities = new Identities();
  readonly accessTokens: AccessTokens;
  readonly leases: Leases;
  readonly secretValidationRules: readonly SecretValidationRuleSeed[];

  constructor(
    clock: MovableClock,
    {
      dynamicSecrets = {},
      secretValidationRules = [],
    }: Pick<TestServerOptions, "dynamicSecrets" | "secretValidationRules"> = {},
  ) {
    this.clock = clock;
    this.organizationId = this.identifiers.uuid();
    this.accessTokens = new AccessTokens(clock, this.identifiers, this.organizationId);
    this.secretValidationRules = secretValidationRules;
    this.leases = new Leases(clock, this.identifiers, dynamicSecrets);
  }

  /** The current time in the API's format. */
  timestamp(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
