import type { MovableClock } from "../clock.js";
import { Leases } from "../dynamic-secrets/leases.js";
import type { SecretValidationRuleSeed, TestServerOptions } from "../options.js";
import { AccessTokens } from "./access-tokens.js";
import { Identifiers } from "./identifiers.js";
import { Identities } from "./identities.js";
import { Projects } from "./projects.js";

/** Everything the server knows. A reset makes a new one. */
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

  /** The current time as the API writes it. */
  timestamp(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
