import type { TestClock } from "../clock.js";
import { AccessTokens } from "./access-tokens.js";
import { Identifiers } from "./identifiers.js";
import { Identities } from "./identities.js";
import { Projects } from "./projects.js";

/** Everything the server knows. A reset makes a new one. */
export class ServerState {
  readonly clock: TestClock;
  readonly identifiers: Identifiers = new Identifiers();
  readonly organizationId: string;
  readonly organizationSlug = "test-organization";
  readonly projects: Projects = new Projects();
  readonly identities: Identities = new Identities();
  readonly accessTokens: AccessTokens;

  constructor(clock: TestClock) {
    this.clock = clock;
    this.organizationId = this.identifiers.uuid();
    this.accessTokens = new AccessTokens(clock, this.identifiers, this.organizationId);
  }

  /** The current time as the API writes it. */
  timestamp(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
