import { expandShortened, type Substitution } from "./substitution.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A UUID, or the name of a leased user. */
const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=no_such_)[A-Za-z0-9]{32}/g;
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const token = /^\{\{(ACCESS_TOKEN|JWT)/;
const requestId = /^req-\w+$/;
/** Fields with generated values, of which only the length is the same. */
const madeUp = /\.(externalEntityId|DB_USERNAME|DB_PASSWORD|ciphertext|publicKey|signature)$/;

/** The differences between a response's body and the recorded one. */
export function differences(recorded: unknown, ours: unknown, known: Substitution, path = ""): string[] {
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    return compareLists(recorded, ours, known, path);
  }
  if (isRecord(recorded) && isRecord(ours)) return recordDifferences(recorded, ours, known, path);
  const isSame =
    typeof recorded === "string" && typeof ours === "string"
      ? isSameText(recorded, ours, known, path)
      : Object.is(recorded, ours);
  return isSame ? [] : [`${path}: ${show(ours)} instead of ${show(recorded)}`];
}

function isSameText(recorded: string, ours: string, known: Substitution, path: string): boolean {
  if (token.test(recorded)) return ours.split(".").length === 3;
  const counterpart = known.ids.get(recorded);
  if (counterpart !== undefined && !date.test(recorded)) return counterpart === ours;
  if (date.test(recorded)) return date.test(ours);
  const isCounterpart =
    (uuid.test(recorded) && uuid.test(ours)) ||
    (requestId.test(recorded) && requestId.test(ours)) ||
    (madeUp.test(path) && isSameLength(expandShortened(recorded), ours, path)) ||
    (path.endsWith(".slug") && isSameStem(recorded, ours));
  if (isCounterpart) known.learn(recorded, ours);
  return isCounterpart || expandShortened(recorded).replace(anyId, (id) => known.ids.get(id) ?? id) === ours;
}

/** A signature with an elliptic curve is a few bytes longer or shorter each time. */
function isSameLength(recorded: string, ours: string, path: string): boolean {
  const tolerance = path.endsWith(".signature") && recorded.length < 200 ? 8 : 0;
  return Math.abs(recorded.length - ours.length) <= tolerance;
}

/** A generated slug ends in four random characters. */
function isSameStem(recorded: string, ours: string): boolean {
  const stem = /^(.*)[a-z0-9](?:-?[a-z0-9]){3}$/.exec(recorded)?.[1];
  return stem !== undefined && ours.startsWith(stem) && /^(-?[a-z0-9]){4}$/.test(ours.slice(stem.length));
}

function recordDifferences(
  recorded: Record<string, unknown>,
  ours: Record<string, unknown>,
  known: Substitution,
  path: string,
): string[] {
  const keys = new Set([...Object.keys(recorded), ...Object.keys(ours)]);
  return [...keys].flatMap((key) => {
    if (!(key in recorded)) return [`${path}.${key}: not in the recording`];
    if (!(key in ours)) return [`${path}.${key}: missing`];
    return differences(recorded[key], ours[key], known, `${path}.${key}`);
  });
}

/** A secret, a tag or a dynamic secret in a list. */
type Named = Record<string, unknown>;

/**
 * The differences between two lists. Those of secrets, tags and dynamic secrets are compared by name, since many come
 * back in the order of their ids, which differ here; if the recorded one is in the order of its names, so has ours to be.
 */
function compareLists(
  recorded: readonly unknown[],
  ours: readonly unknown[],
  known: Substitution,
  path: string,
): string[] {
  if (!recorded.every(isNamed) || !ours.every(isNamed)) return compareInOrder(recorded, ours, known, path);
  const left = [...ours];
  const found = recorded.flatMap((item) => {
    const partner = partnerOf(item, left, known);
    if (!partner) return [`${path}[${nameOf(item)}]: missing`];
    left.splice(left.indexOf(partner), 1);
    return differences(item, partner, known, `${path}[${nameOf(item)}]`);
  });
  const order = isSorted(recorded) && !isSorted(ours) ? [`${path}: not in the order of the names`] : [];
  return [...found, ...left.map((item) => `${path}[${nameOf(item)}]: not in the recording`), ...order];
}

function compareInOrder(
  recorded: readonly unknown[],
  ours: readonly unknown[],
  known: Substitution,
  path: string,
): string[] {
  const length =
    recorded.length === ours.length ? [] : [`${path}: ${ours.length} instead of ${recorded.length}`];
  const common = recorded.slice(0, ours.length);
  return [
    ...length,
    ...common.flatMap((entry, index) => differences(entry, ours[index], known, `${path}[${index}]`)),
  ];
}

/** The one of the same name and, if several have it, of the same id. */
function partnerOf(item: Named, candidates: readonly Named[], known: Substitution): Named | undefined {
  const sameName = candidates.filter((candidate) => nameOf(candidate) === nameOf(item));
  const id = known.ids.get(String(item["id"]));
  return sameName.find((candidate) => candidate["id"] === id) ?? sameName[0];
}

function nameOf(item: Named): string {
  const path = item["secretPath"] === "/" ? "" : item["secretPath"];
  return [path, item["secretKey"], item["slug"] ?? item["name"], item["type"]].filter(Boolean).join(" ");
}

function isSorted(items: readonly Named[]): boolean {
  const keys = items.map((item) => String(item["secretKey"]));
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? "") <= key);
}

function isNamed(value: unknown): value is Named {
  return isRecord(value) && ["secretKey", "color", "defaultTTL"].some((key) => key in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
