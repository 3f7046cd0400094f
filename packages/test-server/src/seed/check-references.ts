import type { Issue } from "../engine/check.ts";
import type { TestServerOptions } from "../options.ts";
import type { GcpAuthSeed } from "./gcp-seed.ts";
import { type ProjectSeed, seededFolders } from "./project-seed.ts";

type Path = (string | number)[];

/** Finds duplicate names, and references to names that do not exist. */
export function checkReferences({ projects = [], identities = [] }: TestServerOptions): Issue[] {
  // Without seeded projects, the default one exists.
  const slugs = projects.length > 0 ? projects.map(({ slug }) => slug) : ["example-project"];
  return [
    ...duplicates(projects, "slug", ["projects"]),
    ...duplicates(projects, "id", ["projects"]),
    ...duplicates(identities, "name", ["identities"]),
    ...duplicates(identities, "id", ["identities"]),
    ...projects.flatMap((project, index) => projectIssues(project, ["projects", index])),
    ...identities.flatMap(({ jwtAuth = {}, spiffeAuth, gcpAuth }, index) => [
      ...both(jwtAuth, ["publicKeys", "jwksUrl", "jwks"], ["identities", index, "jwtAuth"]),
      ...both(spiffeAuth ?? {}, ["jwks", "bundleEndpointUrl"], ["identities", index, "spiffeAuth"]),
      ...both(gcpAuth ?? {}, ["jwks", "serviceAccountKeys"], ["identities", index, "gcpAuth"]),
      ...misplacedKeys(gcpAuth, ["identities", index, "gcpAuth"]),
    ]),
    ...identities.flatMap(({ projectRoles = {} }, index) =>
      Object.keys(projectRoles)
        .filter((slug) => !slugs.includes(slug))
        .map((slug) => ({
          path: ["identities", index, "projectRoles", slug],
          message: `there is no project "${slug}"`,
        })),
    ),
  ];
}

function projectIssues(project: ProjectSeed, path: Path): Issue[] {
  const { environments, tags = [], folders = {}, secrets = {}, dynamicSecrets = {} } = project;
  const unknown = (kind: "environment" | "tag", slug: string, at: Path): Issue[] =>
    (kind === "tag" ? tags : environments).some((one) => one.slug === slug)
      ? []
      : [{ path: [...path, ...at], message: `the project has no ${kind} "${slug}"` }];
  return [
    ...duplicates(environments, "slug", [...path, "environments"]),
    ...duplicates(tags, "slug", [...path, "tags"]),
    ...Object.entries({ folders, secrets, dynamicSecrets }).flatMap(([field, byEnvironment]) =>
      Object.keys(byEnvironment).flatMap((slug) => unknown("environment", slug, [field, slug])),
    ),
    ...(project.imports ?? []).flatMap((entry, index) => [
      ...unknown("environment", entry.environment, ["imports", index, "environment"]),
      ...unknown("environment", entry.import.environment, ["imports", index, "import", "environment"]),
    ]),
    ...(project.approvals ?? []).flatMap(({ environment }, index) =>
      unknown("environment", environment, ["approvals", index, "environment"]),
    ),
    ...seededFolders(secrets).flatMap(({ environment, path: folder, entries }) =>
      entries.flatMap(([key, secret]) =>
        (typeof secret === "string" ? [] : (secret.tags ?? [])).flatMap((slug, index) =>
          unknown("tag", slug, ["secrets", environment, folder, key, "tags", index]),
        ),
      ),
    ),
  ];
}

/** The keys of service accounts where Google's own verify the tokens. */
function misplacedKeys(seed: GcpAuthSeed | undefined, path: Path): Issue[] {
  if (seed?.type !== "gce" || !seed.serviceAccountKeys) return [];
  return [{ path: [...path, "serviceAccountKeys"], message: 'needs the type "iam"' }];
}

/** Fields of which only one can be set. */
function both(seed: object, fields: readonly string[], path: Path): Issue[] {
  const [first, ...others] = fields.filter((field) => Reflect.get(seed, field) !== undefined);
  return others.map((field) => ({ path: [...path, field], message: `cannot be combined with ${first}` }));
}

function duplicates<Field extends string>(
  entries: readonly Readonly<Partial<Record<Field, string | undefined>>>[],
  field: Field,
  path: Path,
): Issue[] {
  return entries.flatMap((entry, index) =>
    entry[field] !== undefined && entries.findIndex((other) => other[field] === entry[field]) < index
      ? [{ path: [...path, index, field], message: `"${entry[field]}" is used twice` }]
      : [],
  );
}
