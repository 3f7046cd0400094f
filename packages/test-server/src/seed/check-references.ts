import type { IdentitySeed, ProjectSeed, TestServerOptions } from "../options.ts";

/** A well-formed field with an impossible value. */
export interface SeedIssue {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Finds duplicate names, and references to names that do not exist. */
export function checkReferences({ projects = [], identities = [] }: TestServerOptions): SeedIssue[] {
  return [
    ...duplicates(projects, "slug", ["projects"]),
    ...duplicates(projects, "id", ["projects"]),
    ...duplicates(identities, "name", ["identities"]),
    ...duplicates(identities, "id", ["identities"]),
    ...projects.flatMap((project, index) => projectIssues(project, ["projects", index])),
    ...identities.flatMap((identity, index) => identityIssues(identity, projects, ["identities", index])),
  ];
}

function projectIssues(project: ProjectSeed, path: (string | number)[]): SeedIssue[] {
  const slugs = new Set(project.environments.map(({ slug }) => slug));
  const unknown = (slug: string, at: (string | number)[]): SeedIssue[] =>
    slugs.has(slug) ? [] : [{ path: [...path, ...at], message: `the project has no environment "${slug}"` }];
  return [
    ...duplicates(project.environments, "slug", [...path, "environments"]),
    ...duplicates(project.tags ?? [], "slug", [...path, "tags"]),
    ...Object.keys(project.folders ?? {}).flatMap((slug) => unknown(slug, ["folders", slug])),
    ...Object.keys(project.secrets ?? {}).flatMap((slug) => unknown(slug, ["secrets", slug])),
    ...Object.keys(project.dynamicSecrets ?? {}).flatMap((slug) => unknown(slug, ["dynamicSecrets", slug])),
    ...(project.imports ?? []).flatMap((entry, index) => [
      ...unknown(entry.environment, ["imports", index, "environment"]),
      ...unknown(entry.import.environment, ["imports", index, "import", "environment"]),
    ]),
    ...(project.approvals ?? []).flatMap(({ environment }, index) =>
      unknown(environment, ["approvals", index, "environment"]),
    ),
    ...tagIssues(project, path),
  ];
}

function tagIssues(project: ProjectSeed, path: (string | number)[]): SeedIssue[] {
  const tags = new Set((project.tags ?? []).map(({ slug }) => slug));
  return Object.entries(project.secrets ?? {}).flatMap(([environment, folders]) =>
    Object.entries(folders).flatMap(([folder, secrets]) =>
      Object.entries(secrets).flatMap(([key, secret]) =>
        (typeof secret === "string" ? [] : (secret.tags ?? [])).flatMap((slug, index) =>
          tags.has(slug)
            ? []
            : [
                {
                  path: [...path, "secrets", environment, folder, key, "tags", index],
                  message: `the project has no tag "${slug}"`,
                },
              ],
        ),
      ),
    ),
  );
}

function identityIssues(
  { projectRoles = {} }: IdentitySeed,
  projects: readonly ProjectSeed[],
  path: (string | number)[],
): SeedIssue[] {
  // Without seeded projects, the default one exists.
  const slugs = projects.length > 0 ? projects.map(({ slug }) => slug) : ["example-project"];
  return Object.keys(projectRoles)
    .filter((slug) => !slugs.includes(slug))
    .map((slug) => ({ path: [...path, "projectRoles", slug], message: `there is no project "${slug}"` }));
}

function duplicates<Field extends string>(
  entries: readonly Readonly<Partial<Record<Field, string | undefined>>>[],
  field: Field,
  path: (string | number)[],
): SeedIssue[] {
  return entries.flatMap((entry, index) =>
    entry[field] !== undefined && entries.findIndex((other) => other[field] === entry[field]) < index
      ? [{ path: [...path, index, field], message: `"${entry[field]}" is used twice` }]
      : [],
  );
}
