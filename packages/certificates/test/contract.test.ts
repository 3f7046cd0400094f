import type { CallOptions } from "@infisical/core";
import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import {
  type CertificateBundle,
  type CertificatesApi,
  certificates,
  type IssueCertificateOptions,
} from "../src/index.ts";

const csr = "-----BEGIN CERTIFICATE REQUEST-----\nhunter2\n-----END CERTIFICATE REQUEST-----";
const bundle = { certificate: "a certificate", certificateChain: "its issuers", serialNumber: "0a" };
const pending = { status: "pending_approval", certificateId: undefined, bundle: undefined };

/** Options of a call whose first parameter is an id. */
type WithId<Id extends string> = CallOptions & Readonly<Record<Id, string>>;

/** What can be seen of a bundle: the contract compares plain objects. */
const seen = (shown: CertificateBundle | undefined) => shown && { ...shown };

const getBundle = async (api: CertificatesApi, { certificateId, ...options }: WithId<"certificateId">) =>
  seen(await api.getBundle(certificateId, options));

const getLatestBundle = async (api: CertificatesApi, { profileId, ...options }: WithId<"profileId">) =>
  seen(await api.getLatestBundle(profileId, options));

const issue = async (api: CertificatesApi, options: IssueCertificateOptions) => {
  const request = await api.issue(options);
  return { ...request, bundle: seen(request.bundle) };
};

describe("certificates keeps the contract of plugins", () => {
  const cases = pluginContract({
    create: certificates,
    calls: {
      issue: {
        options: { profileId: "a-profile", csr, removeRootsFromChain: true },
        call: issue,
        response: { certificate: { ...bundle, certificateId: "an-id" }, certificateRequestId: "a-request" },
        result: {
          certificateRequestId: "a-request",
          status: "issued",
          message: undefined,
          certificateId: "an-id",
          bundle,
        },
        secrets: [csr],
      },
      "issue without a CSR": {
        options: { profileId: "a-profile", attributes: { commonName: "a-name", ttl: "30d" } },
        call: issue,
        response: {
          ...{ certificate: null, certificateRequestId: "a-request" },
          ...{ status: "pending_approval", message: "It waits." },
        },
        result: { certificateRequestId: "a-request", message: "It waits.", ...pending },
      },
      getRequest: {
        options: { certificateRequestId: "a-request" },
        call: (api, { certificateRequestId, ...options }: WithId<"certificateRequestId">) =>
          api.getRequest(certificateRequestId, options),
        response: { status: "pending_approval", certificate: null, errorMessage: null },
        result: { certificateRequestId: "a-request", message: undefined, ...pending },
      },
      getBundle: {
        options: { certificateId: "an-id" },
        call: getBundle,
        response: { ...bundle, privateKey: "hunter2-key" },
        result: bundle,
      },
      getLatestBundle: {
        options: { profileId: "a-profile" },
        call: getLatestBundle,
        response: { ...bundle, privateKey: null },
        result: bundle,
      },
      "getLatestBundle without any": {
        options: { profileId: "a-profile" },
        call: getLatestBundle,
        response: { certificate: null, certificateChain: null, privateKey: null, serialNumber: null },
        result: undefined,
      },
      list: {
        options: { profileId: "a-profile", limit: 3, search: "a-word" },
        call: (api, { profileId, ...options }: WithId<"profileId"> & { limit: number; search: string }) =>
          api.list(profileId, options),
        response: {
          certificates: [
            {
              id: "an-id",
              serialNumber: "0a",
              cn: "a-name",
              status: "active",
              notBefore: "2026-01-01T00:00:00.000Z",
              notAfter: "2027-01-01T00:00:00.000Z",
            },
          ],
        },
        result: [
          {
            id: "an-id",
            serialNumber: "0a",
            cn: "a-name",
            status: "active",
            notBefore: "2026-01-01T00:00:00.000Z",
            notAfter: "2027-01-01T00:00:00.000Z",
          },
        ],
      },
    },
  });
  for (const { name, run } of cases) test(name, run);
});
