import { z } from "zod";
import { badRequest } from "../../api/api-error.ts";
import type { ServerState } from "../../api/server-state.ts";
import { toMilliseconds } from "../../engine/durations.ts";
import type { Folder } from "../folders/folders-state.ts";
import type { Entity } from "../projects/project.ts";

export type Inputs = Readonly<Record<string, unknown>>;

export interface DynamicSecret extends Entity {
  readonly version: number;
  readonly type: string;
  name: string;
  inputs: Inputs;
  defaultTTL: string;
  maxTTL: string | null;
  usernameTemplate: string | null;
  metadata: readonly { readonly key: string; readonly value: string }[];
  status: string | null;
  statusDetails: string | null;
  readonly folder: Folder;
  readonly leases: Map<string, Lease>;
}

export interface Lease extends Entity {
  readonly version: number;
  readonly externalEntityId: string;
  expireAt: string;
  status: string | null;
  statusDetails: string | null;
  readonly config: unknown;
  readonly dynamicSecret: DynamicSecret;
  /** The credentials, which the API returns once. */
  readonly data: Inputs;
}

/** The fields of a new dynamic secret. */
export interface NewDynamicSecret extends Pick<DynamicSecret, "name" | "type" | "inputs" | "defaultTTL"> {
  readonly maxTTL?: string | null | undefined;
  readonly usernameTemplate?: string | null | undefined;
  readonly metadata?: DynamicSecret["metadata"] | undefined;
}

/** Adds a dynamic secret to its folder, which has none of that name. */
export function addDynamicSecret(
  state: ServerState,
  folder: Folder,
  options: NewDynamicSecret,
): DynamicSecret {
  const { name, type, defaultTTL, maxTTL = null, usernameTemplate = null, metadata = [] } = options;
  requireFreeName(folder, name);
  const dynamicSecret: DynamicSecret = {
    ...state.newEntity(),
    name,
    version: 1,
    type,
    defaultTTL,
    maxTTL,
    usernameTemplate,
    metadata,
    folder,
    status: null,
    statusDetails: null,
    inputs: withAddresses(type, options.inputs),
    leases: new Map(),
  };
  folder.dynamicSecrets.set(dynamicSecret.name, dynamicSecret);
  return dynamicSecret;
}

export function requireFreeName(folder: Folder, name: string): void {
  if (!folder.dynamicSecrets.has(name)) return;
  throw badRequest("Provided dynamic secret already exists under the folder");
}

/** Inputs as the server stores them: with the addresses of the hosts, which stay names here. */
export function withAddresses(type: string, inputs: Inputs): Inputs {
  const { host } = inputs;
  if (typeof host !== "string") return inputs;
  if (type === "cassandra") return { ...inputs, hostIps: host.split(",").filter(Boolean).map(addressOf) };
  return { ...inputs, hostIp: addressOf(host) };
}

/** A host, an IPv4 address in its usual spelling: `127.1` is `127.0.0.1`. */
export function addressOf(host: string): string {
  return /^[\d.]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}

/** A dynamic secret as sent in reply to a change, without its inputs. */
export function dynamicSecretView(dynamicSecret: DynamicSecret): Record<string, unknown> {
  const { leases: _leases, folder, inputs: _inputs, metadata: _metadata, ...rest } = dynamicSecret;
  const withoutGateway = { projectGatewayId: null, gatewayId: null, gatewayV2Id: null, gatewayPoolId: null };
  return { ...rest, folderId: folder.id, ...withoutGateway };
}

/** A dynamic secret as sent when it is read, without its inputs. */
export function readView(dynamicSecret: DynamicSecret): Record<string, unknown> {
  return { ...dynamicSecretView(dynamicSecret), metadata: dynamicSecret.metadata };
}

/** A lease as sent to clients. Its credentials are returned next to it, and only once. */
export function leaseView({ dynamicSecret, data: _data, ...rest }: Lease): Record<string, unknown> {
  return { ...rest, config: rest.config ?? null, dynamicSecretId: dynamicSecret.id };
}

/** A TTL in milliseconds, as the server reads it: `NaN` for most texts that are none, 400 for some. */
export function ttlToMilliseconds(text: string): number {
  try {
    return toMilliseconds(text) ?? Number.NaN;
  } catch {
    throw badRequest(`Invalid date format string: ${text}`);
  }
}

/** In milliseconds, with leap years, as the real server counts them. */
const tenYears = 10 * 365.25 * 86_400_000;

/** As on the real server, a TTL that cannot be read passes and fails where it is used. */
function checkTtl(value: string, context: z.RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  const milliseconds = ttlToMilliseconds(value);
  if (milliseconds < 60_000) refuse("TTL must be a greater than 1min");
  if (milliseconds > tenYears) refuse("TTL must be less than 10 years");
}

export const ttl = z.string().superRefine(checkTtl);

/** An optional TTL; an empty one counts as none. */
export const optionalTtl = z
  .string()
  .optional()
  .superRefine((value, context) => {
    if (value) checkTtl(value, context);
  });
