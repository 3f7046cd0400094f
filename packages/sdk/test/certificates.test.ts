import { keepCertificate } from "@infisical/certificates";
import { cache, InfisicalSDK } from "@infisical/sdk";
import { expect, onTestFinished, test } from "vitest";
import { failureOf, start, strategyFor } from "#test-kit";

/** A server with a profile, and an umbrella that has logged in. */
async function startUmbrella() {
  const { server, siteUrl } = await start();
  const { id: profileId } = server.certificates.createProfile({ defaults: { ttlDays: 90 } });
  const sdk = new InfisicalSDK({ siteUrl, auth: strategyFor(server), middleware: [cache({ ttl: "1h" })] });
  return { server, sdk, profileId };
}

test("certificates() issues, reads and lists certificates, and is always the same", async () => {
  const { sdk, profileId } = await startUmbrella();
  const api = sdk.certificates();
  expect(sdk.certificates()).toBe(api);
  const { bundle, certificateId = "", certificateRequestId } = await api.issue({ profileId });
  expect({ ...(await api.getBundle(certificateId)) }).toEqual({ ...bundle });
  expect((await api.getRequest(certificateRequestId)).status).toBe("issued");
  expect(await api.list(profileId)).toHaveLength(1);
  expect((await failureOf(api.list(""))).message).toContain("profileId must be a non-empty string");
});

test("no cache keeps a certificate", async () => {
  const { server, sdk, profileId } = await startUmbrella();
  const api = sdk.certificates();
  expect(await api.getLatestBundle(profileId)).toBeUndefined();
  const { bundle, certificateId = "" } = await api.issue({ profileId });
  expect((await api.getLatestBundle(profileId))?.serialNumber).toBe(bundle?.serialNumber);
  server.certificates.revoke(certificateId);
  expect(await api.getLatestBundle(profileId)).toBeUndefined();
});

test("an umbrella keeps a certificate, until it closes", async () => {
  const { sdk, profileId } = await startUmbrella();
  const kept = keepCertificate(sdk, { profileId });
  onTestFinished(() => kept.close());
  expect((await kept.ready).privateKey).toContain("BEGIN PRIVATE KEY");
  await sdk.close();
  expect(kept.ended).toBe(true);
});
