import { describe, expect, test, vi } from "vitest";
import { awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import { roleKeys, userKeys } from "./aws-keys.ts";
import { body, loginPath, signedHeaders, startWithAws } from "./aws-server.ts";
import { emptyEnvironment, setKeys } from "./environment.ts";

emptyEnvironment();

const entries = { ".": awsIamAuth, "./lambda": lambdaIamAuth };

describe.each(Object.entries(entries))("entry %s", (_, auth) => {
  test("logs in with exactly the documented request", async () => {
    const { server, identityId, connect } = await startWithAws();
    await connect({ auth: auth({ identityId, region: "eu-central-1", credentials: userKeys }) })
      .auth()
      .login();
    const [login] = server.requests;
    expect(login).toMatchObject({ method: "POST", path: loginPath, status: 200 });
    expect(login?.headers["authorization"]).toBeUndefined();
    expect(login?.body).toEqual({
      identityId,
      iamHttpRequestMethod: "POST",
      iamRequestBody: Buffer.from(body).toString("base64"),
      iamRequestHeaders: expect.any(String),
    });
    const now = new Date(server.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, "");
    expect(signedHeaders(server)).toEqual({
      "Content-Length": "43",
      "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
      Host: "sts.eu-central-1.amazonaws.com",
      "X-Amz-Date": expect.stringMatching(new RegExp(`^${now.slice(0, 8)}T\\d{6}Z$`)),
      Authorization: expect.stringMatching(
        new RegExp(
          `^AWS4-HMAC-SHA256 Credential=${userKeys.accessKeyId}/${now.slice(0, 8)}/eu-central-1/sts/aws4_request, ` +
            "SignedHeaders=content-length;content-type;host;x-amz-date, Signature=[\\da-f]{64}$",
        ),
      ),
    });
  });

  test("the session token of temporary credentials is sent and signed", async () => {
    const { server, identityId, connect } = await startWithAws();
    await connect({ auth: auth({ identityId, region: "eu-central-1", credentials: roleKeys }) })
      .auth()
      .login();
    const headers = signedHeaders(server);
    expect(headers["X-Amz-Security-Token"]).toBe(roleKeys.sessionToken);
    expect(headers["Authorization"]).toContain("x-amz-date;x-amz-security-token,");
  });

  test("without options, identity, region and credentials come from the environment", async () => {
    const { server, identityId, connect } = await startWithAws();
    vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", identityId);
    vi.stubEnv("AWS_REGION", "ap-southeast-2");
    setKeys(roleKeys);
    await connect({ auth: auth() }).auth().login();
    expect(signedHeaders(server)["Host"]).toBe("sts.ap-southeast-2.amazonaws.com");
  });

  test("the environment is read again at every login, since its credentials rotate", async () => {
    const { server, identityId, connect } = await startWithAws();
    vi.stubEnv("AWS_REGION", "us-east-1");
    setKeys(roleKeys);
    const client = connect({ auth: auth({ identityId }) });
    await client.auth().login();
    setKeys(userKeys);
    await client.auth().login();
    const [first, second] = [signedHeaders(server, 0), signedHeaders(server, 1)];
    expect(first["Authorization"]).toContain(roleKeys.accessKeyId);
    expect(second["Authorization"]).toContain(userKeys.accessKeyId);
  });

  test("a function as credentials is called at every login", async () => {
    const { identityId, connect } = await startWithAws();
    const credentials = vi.fn(async () => userKeys);
    const client = connect({ auth: auth({ identityId, region: "us-east-1", credentials }) });
    await client.auth().login();
    await client.auth().login();
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  test.each([
    [{ region: "eu-west-1" }, {}, "sts.eu-west-1.amazonaws.com"],
    [{ region: "eu-west-1", stsRegion: "us-east-1" }, {}, "sts.us-east-1.amazonaws.com"],
    [{}, { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-east-2" }, "sts.us-west-2.amazonaws.com"],
    [{}, { AWS_REGION: "", AWS_DEFAULT_REGION: "us-east-2" }, "sts.us-east-2.amazonaws.com"],
    [{ region: "us-gov-west-1" }, {}, "sts.us-gov-west-1.amazonaws.com"],
    [{ region: "eusc-de-east-1" }, {}, "sts.eusc-de-east-1.amazonaws.eu"],
    [{ region: "us-iso-east-1" }, {}, "sts.us-iso-east-1.c2s.ic.gov"],
    [{ region: "us-isob-east-1" }, {}, "sts.us-isob-east-1.sc2s.sgov.gov"],
    [{ region: "us-isof-south-1" }, {}, "sts.us-isof-south-1.csp.hci.ic.gov"],
    [{ region: "eu-isoe-west-1" }, {}, "sts.eu-isoe-west-1.cloud.adc-e.uk"],
    [{ region: "cn-north-1" }, {}, "sts.cn-north-1.amazonaws.com.cn"],
  ])("with %j and %j, the signature is for %s", async (options, variables, host) => {
    const { server, identityId, connect } = await startWithAws({ stsEndpoint: `https://${host}` });
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const login = connect({ auth: auth({ identityId, credentials: userKeys, ...options }) })
      .auth()
      .login();
    // The simulated AWS has no STS for the regions of governments' secret partitions.
    await (/\.(?:amazonaws\.com|amazonaws\.com\.cn)$/.test(host) ? login : login.catch(() => undefined));
    expect(signedHeaders(server)["Host"]).toBe(host);
  });

  test("the organization is sent if one is given", async () => {
    const { server, identityId, connect } = await startWithAws();
    await connect({
      auth: auth({
        identityId,
        region: "us-east-1",
        credentials: userKeys,
        organizationSlug: "test-organization",
      }),
    })
      .auth()
      .login();
    expect(server.requests[0]?.body).toMatchObject({ organizationSlug: "test-organization" });
  });

  test("the request is signed with the time of the client's clock", async () => {
    const { server, identityId, connect } = await startWithAws();
    server.clock.advance(Date.UTC(2131, 1, 3, 4, 5) - server.clock.now());
    await connect({ auth: auth({ identityId, region: "us-east-1", credentials: userKeys }) })
      .auth()
      .login();
    expect(signedHeaders(server)["X-Amz-Date"]).toMatch(/^21310203T0405\d\dZ$/);
  });

  test("a signature is as old as the credentials that took their time, not older", async () => {
    const { server, identityId, connect } = await startWithAws();
    const credentials = async () => {
      server.clock.advance(Date.UTC(2131, 1, 3, 4, 5) - server.clock.now());
      return userKeys;
    };
    await connect({ auth: auth({ identityId, region: "us-east-1", credentials }) })
      .auth()
      .login();
    expect(signedHeaders(server)["X-Amz-Date"]).toMatch(/^21310203T0405\d\dZ$/);
  });

  test("white space around the identity's id is not sent, from the option and from the environment", async () => {
    const { server, identityId, connect } = await startWithAws();
    const options = { region: "us-east-1", credentials: userKeys } as const;
    vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", `\t${identityId} `);
    for (const given of [options, { ...options, identityId: ` ${identityId}\n` }]) {
      await connect({ auth: auth(given) })
        .auth()
        .login();
      expect(server.requests.at(-1)?.body).toMatchObject({ identityId });
    }
  });

  test.each([
    ["aws-global", "us-east-1"],
    ["global", "us-east-1"],
    ["aws-us-gov-global", "us-gov-west-1"],
    ["aws-cn-global", "cn-north-1"],
    ["fips-us-east-1", "us-east-1"],
    ["us-gov-west-1-fips", "us-gov-west-1"],
    ["us-east-1a", "us-east-1"],
    ["us-west-2-lax-1a", "us-west-2"],
    ["EU-WEST-1", "eu-west-1"],
    ['"eu-west-1"', "eu-west-1"],
    [" eu-west-1", "eu-west-1"],
  ])("%s is refused, and the error names the region that is meant", (region, meant) => {
    for (const option of ["region", "stsRegion"]) {
      const build = () => auth({ identityId: "id", [option]: region });
      expect(build).toThrow(
        `${option} must be an AWS region (did you mean "${meant}"?), got ${JSON.stringify(region)}.`,
      );
    }
  });

  test.each(["my-fips-us-east-1", "us-east-12"])("%s is refused, and resembles no region", (region) => {
    expect(() => auth({ identityId: "id", region })).toThrow(/^region must be .*such as "eu-central-1"/);
  });

  test.each(["us-east-99", "us-east-0", "foo-bar-1", "xx-yy-zz-1", "eu-middle-1"])(
    "%s, which has the form of a region but does not exist, is refused",
    (region) => {
      const rule = 'must be an AWS region that this version knows, such as "eu-central-1"';
      for (const option of ["region", "stsRegion"])
        expect(() => auth({ identityId: "id", [option]: region })).toThrow(
          `${option} ${rule}, got "${region}".`,
        );
    },
  );

  test.each([
    ...["af-south-1", "ap-southeast-7", "ca-west-1", "cn-northwest-1", "eu-north-1", "eusc-de-east-1"],
    ...["il-central-1", "me-central-1", "mx-central-1", "sa-east-1", "us-gov-east-1", "us-iso-west-1"],
    ...["us-isob-west-1", "us-isof-east-1", "eu-isoe-west-1"],
  ])("%s is accepted", (region) => {
    expect(() => auth({ identityId: "id", region })).not.toThrow();
  });

  test.each([
    [{}, /^identityId must be a non-empty string; .*INFISICAL_MACHINE_IDENTITY_ID/],
    [{ identityId: " " }, /^identityId must be .*got " "/],
    [{ identityId: "id", region: "EU" }, /^region must be an AWS region such as "eu-central-1", got "EU"/],
    [{ identityId: '"id"' }, /^identityId must not be in quotation marks/],
    [
      { identityId: "id", secret: "x" },
      /^secret is not an option; the options are identityId, region, stsRegion/,
    ],
    [{ identityId: "id", organisationSlug: "x" }, /^organisationSlug is .*; did you mean organizationSlug\?/],
    [userKeys.secretAccessKey, /^options must be an object with identityId/],
    [null, /^options must be an object with identityId/],
    [{ identityId: "id", region: "" }, /^region must be .*got ""/],
    [{ identityId: "id", stsRegion: "x/y" }, /^stsRegion must be .*got "x\/y"/],
    [{ identityId: "id", credentials: userKeys.secretAccessKey }, /^credentials must be/],
    [{ identityId: "id", credentials: null }, /^credentials must be/],
    [{ identityId: "id", organizationSlug: "Big Org" }, /^organizationSlug must be/],
    [{ identityId: "id", organizationSlug: null }, /^organizationSlug must be/],
  ])("the options %j are refused when the strategy is built", (options, message) => {
    expect(() => auth(options as never)).toThrow(message);
    expect(() => auth(options as never)).not.toThrow(userKeys.secretAccessKey);
  });
});
