import type { Plugin } from "@infisical/core";
import type { NewCertificateProfile } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { type StartOptions, start } from "#test-kit";
import {
  certificates,
  type KeepCertificateOptions,
  type KeptCertificate,
  type KeptCertificateEvents,
  keepCertificate,
} from "../src/index.ts";
import { MovedClock } from "./moved-clock.ts";

export const day = 24 * 60 * 60_000;

/** What a service asks for. */
export const attributes = {
  commonName: "localhost",
  altNames: [
    { type: "dns_name", value: "localhost" },
    { type: "ip_address", value: "127.0.0.1" },
  ],
  keyUsages: ["digital_signature"],
  extendedKeyUsages: ["server_auth"],
} as const;

const defaults = { ttlDays: 90 };

/** A server with a profile for certificates of 90 days, and a client without retries whose clock a test moves. */
export async function startCertificates(
  profile: NewCertificateProfile = {},
  options: Partial<StartOptions<readonly Plugin[]>> = {},
) {
  const clock = new MovedClock();
  const started = await start({ clock, retry: false, ...options, plugins: [certificates()] });
  const { server, client } = started;
  const { id: profileId } = server.certificates.createProfile({ defaults, ...profile });
  /** Keeps a certificate until the test ends. */
  const keep = (wanted: Partial<KeepCertificateOptions> = {}): KeptCertificate => {
    const kept = keepCertificate(client, { profileId, attributes, ...wanted });
    onTestFinished(() => kept.close());
    return kept;
  };
  /** How often the server was asked to issue a certificate. */
  const asked = (): number =>
    server.requests.filter(
      ({ method, path }) => method === "POST" && path.endsWith("/cert-manager/certificates"),
    ).length;
  const fail = (times: number, failure: Parameters<typeof server.fail>[1]) =>
    server.fail({ method: "POST", path: /cert-manager\/certificates$/, times }, failure);
  /** Lets time pass once somebody waits for it. */
  const pass = async (milliseconds: number): Promise<void> => {
    if (clock.sleeping === 0) await clock.nextSleep();
    clock.advance(milliseconds);
  };
  return { ...started, clock, profileId, api: client.certificates(), keep, asked, fail, pass };
}

/** Resolves to the next event of a type. */
export function next<Type extends keyof KeptCertificateEvents>(
  kept: KeptCertificate,
  type: Type,
): Promise<KeptCertificateEvents[Type]> {
  return new Promise((resolve) => kept.addEventListener(type, resolve, { once: true }));
}
