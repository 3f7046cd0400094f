import type { Call, HttpResponse } from "../api/http.ts";
import { checked, name, type ObjectOf, object, optional } from "../engine/check.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import { iamCredentialsPath, signJwt } from "./google-iam-credentials.ts";
import type { StandIn } from "./stand-in.ts";
import {
  type Issue,
  requestToken,
  single,
  TokenPlatform,
  textResponse,
  tokenPlatformFields,
} from "./token-platform.ts";

const googleMetadataOptions = object({
  ...tokenPlatformFields,
  /**
   * The e-mail address of the service account.
   *
   * @defaultValue "app@acme.iam.gserviceaccount.com"
   */
  email: optional(name),
});

/**
 * The machine of a simulated Google Cloud.
 *
 * @example
 * import { createTestGoogleMetadata, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const platform = createTestGoogleMetadata({ issuer: createTestTokenIssuer(), email: "app@example.iam.gserviceaccount.com" });
 */
export interface TestGoogleMetadataOptions extends ObjectOf<typeof googleMetadataOptions.fields> {}

/** The metadata server of a simulated machine of Google Cloud, with a service account. */
export interface TestGoogleMetadata extends StandIn {
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The variable that leads to it.
   * @throws Error when the port is taken or the server is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The host and the port. */
    GCE_METADATA_HOST: string;
  }>;
}

/**
 * Creates the metadata server of a simulated machine of Google Cloud, for tests. It opens no port until `listen()` is called.
 *
 * It checks the header `Metadata-Flavor` and the audience, and issues identity tokens that live an hour. Only with
 * `format=full` do they name the account's e-mail address and the machine. It also has the account's e-mail address and an
 * access token, with which `POST /v1/projects/-/serviceAccounts/<email>:signJwt` at the same port signs a JWT of the account, as
 * Google's IAM Credentials API does.
 *
 * @param options - The issuer and the service account.
 * @returns The server.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestGoogleMetadata, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const metadata = createTestGoogleMetadata({ issuer: createTestTokenIssuer() });
 * Object.assign(process.env, await metadata.listen());
 * await metadata.close();
 */
export function createTestGoogleMetadata(options: TestGoogleMetadataOptions): TestGoogleMetadata {
  return new GoogleMetadata(checked("createTestGoogleMetadata()", googleMetadataOptions, options));
}

class GoogleMetadata extends TokenPlatform implements TestGoogleMetadata {
  constructor(options: TestGoogleMetadataOptions) {
    const { email = "app@acme.iam.gserviceaccount.com" } = options;
    super("google-metadata", options, 3600, (issue, now) => metadataServer(issue, email, now));
  }

  async listen(options: ListenOptions = {}) {
    return { GCE_METADATA_HOST: (await this.open(options)).replace("http://", "") };
  }
}

const accountPath = "/computeMetadata/v1/instance/service-accounts/default";

const account = "102345678901234567890";

const machine = {
  instance_id: "1234567890123456789",
  instance_name: "vm",
  project_id: "acme",
  zone: "europe-west1-b",
};

function metadataServer(
  issue: Issue,
  email: string,
  now: () => number,
): (call: Call) => Promise<HttpResponse> {
  const accessToken = `ya29.${requestToken()}`;
  const respond = (status: number, body: string, type = "text/plain") =>
    textResponse(status, body, {
      "content-type": type,
      "metadata-flavor": "Google",
      server: "Metadata Server for VM",
    });
  return async (call) => {
    const { method, path, headers, query } = call;
    if (path.startsWith(iamCredentialsPath)) return signJwt(call, { issue, now, email, accessToken });
    // A request through a proxy does not come from the machine.
    const isDirect = headers["x-forwarded-for"] === undefined;
    if (headers["metadata-flavor"] !== "Google" || !isDirect) return respond(403, "Forbidden");
    if (method !== "GET") return respond(405, "Method not allowed");
    if (path === `${accountPath}/email`) return respond(200, email);
    if (path === `${accountPath}/token`) {
      const token = { access_token: accessToken, expires_in: 3599, token_type: "Bearer" };
      return respond(200, JSON.stringify(token), "application/json");
    }
    if (path !== `${accountPath}/identity`) return respond(404, "Not Found");
    const aud = single(query["audience"]);
    if (!aud) return respond(400, "non-empty audience parameter required");
    const full = { email, email_verified: true, google: { compute_engine: machine } };
    const extra = single(query["format"]) === "full" ? full : {};
    return respond(200, await issue({ aud, azp: account, sub: account, ...extra }));
  };
}
