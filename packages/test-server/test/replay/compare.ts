import { expandShortened } from "./substitution.ts";

/** Fields that current servers send and the recorded older one did not, anywhere or at one path, and their values. */
const newerFields: Readonly<Record<string, (value: unknown) => boolean>> = {
  reqId: (value) => typeof value === "string" && value.startsWith("req-"),
  secretValueHidden: (value) => typeof value === "boolean",
  secretMetadata: (value) => Array.isArray(value) && value.every((entry) => "isEncrypted" in entry),
  secretPath: (value) => typeof value === "string" && value.startsWith("/"),
  description: (value) => value === null || typeof value === "string",
  lastSecretModified: (value) => value === null || date.test(String(value)),
  type: (value) => value === "secret-manager",
  hasDeleteProtection: (value) => typeof value === "boolean",
  keyUsage: (value) => value === "encrypt-decrypt",
  ".key.version": (value) => value === 1,
  ".key.encryptionAlgorithm": (value) => value === "aes-256-gcm" || value === "aes-128-gcm",
  inputs: (value) => isRecord(value) && "creationStatement" in value,
  metadata: (value) => Array.isArray(value),
  usernameTemplate: (value) => value === null,
  config: (value) => value === null,
};

/** The results of a comparison other than differences. */
export interface Findings {
  /** The corresponding ids, by the recorded one. */
  readonly ids: Map<string, string>;
  /** Fields that only current servers send. */
  readonly added: Set<string>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A UUID, or the name of a leased user. */
const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=no_such_)[A-Za-z0-9]{32}/g;
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Fields with generated values. */
const madeUp = /\.(externalEntityId|DB_USERNAME|DB_PASSWORD)$/;
const token = /^\{\{(ACCESS_TOKEN|JWT)/;

/** A secret or a tag in a list. */
interface Named extends Record<string, unknown> {
  readonly secretPath?: string;
  readonly secretKey?: string;
  readonly slug?: string;
}

/** The differences between a response and the recorded one. */
export function differences(recorded: unknown, ours: unknown, findings: Findings, path = ""): string[] {
  if (Array.isArray(recorded) && Array.isArray(ours)) return listDifferences(recorded, ours, findings, path);
  if (isRecord(recorded) && isRecord(ours)) return recordDifferences(recorded, ours, findings, path);
  if (typeof recorded === "string" && typeof ours === "string") {
    if (path === ".ciphertext") return ciphertextDifferences(recorded, ours, findings.ids);
    return sameText(recorded, ours, findings.ids, path) ||
      (path === ".project.slug" && sameStem(recorded, ours))
      ? []
      : [`${path}: ${show(ours)} instead of ${show(recorded)}`];
  }
  return Object.is(recorded, ours) ? [] : [`${path}: ${show(ours)} instead of ${show(recorded)}`];
}

function sameText(recorded: string, ours: string, ids: Map<string, string>, path: string): boolean {
  const isMadeUp = madeUp.test(path) && recorded.length === ours.length;
  if (isMadeUp || (uuid.test(recorded) && uuid.test(ours))) {
    const known = ids.get(recorded);
    if (known === undefined) ids.set(recorded, ours);
    return known === undefined || known === ours;
  }
  if (date.test(recorded)) return date.test(ours);
  if (token.test(recorded)) return ours.split(".").length === 3;
  return expandShortened(recorded).replace(anyId, (id) => ids.get(id) ?? id) === ours;
}

/** No two ciphertexts are the same, but the recorded one is as long as ours, which replaces it from here on. */
function ciphertextDifferences(recorded: string, ours: string, ids: Map<string, string>): string[] {
  ids.set(recorded, ours);
  const length = expandShortened(recorded).length;
  return ours.length === length ? [] : [`.ciphertext: ${ours.length} characters instead of ${length}`];
}

/** A generated slug ends in a few random characters. */
function sameStem(recorded: string, ours: string): boolean {
  return ours.startsWith(recorded.slice(0, -5)) && /^[a-z0-9-]+$/.test(ours);
}

function recordDifferences(
  recorded: Record<string, unknown>,
  ours: Record<string, unknown>,
  findings: Findings,
  path: string,
): string[] {
  const keys = new Set([...Object.keys(recorded), ...Object.keys(ours)]);
  return [...keys].flatMap((key) => {
    if (!(key in recorded)) {
      const mayBe = newerFields[key] ?? newerFields[`${path}.${key}`];
      if (!mayBe?.(ours[key])) return [`${path}.${key}: not in the recording`];
      findings.added.add(key);
      return [];
    }
    if (!(key in ours)) return [`${path}.${key}: missing`];
    return differences(recorded[key], ours[key], findings, `${path}.${key}`);
  });
}

/** Secrets and tags are ordered by id, and ids differ here, so they are matched by name. */
function listDifferences(recorded: unknown[], ours: unknown[], findings: Findings, path: string): string[] {
  if (!recorded.every(isNamed) || !ours.every(isNamed)) {
    const length =
      recorded.length === ours.length ? [] : [`${path}: ${ours.length} instead of ${recorded.length}`];
    return [
      ...length,
      ...recorded.flatMap((entry, index) =>
        index < ours.length ? differences(entry, ours[index], findings, `${path}[${index}]`) : [],
      ),
    ];
  }
  const left = new Map(ours.map((secret) => [nameOf(secret), secret]));
  const found = recorded.flatMap((secret) => {
    const key = nameOf(secret);
    const partner = left.get(key);
    left.delete(key);
    return partner ? differences(secret, partner, findings, `${path}[${key}]`) : [`${path}[${key}]: missing`];
  });
  return [...found, ...[...left.keys()].map((key) => `${path}[${key}]: not in the recording`)];
}

function nameOf({ secretPath, secretKey, slug }: Named): string {
  return [secretPath, secretKey, slug].filter((part) => part !== undefined && part !== "/").join(" ");
}

function isNamed(value: unknown): value is Named {
  return isRecord(value) && ("secretKey" in value || "color" in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
