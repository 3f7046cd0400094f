import type { IdentitySeed, ProjectSeed } from "../options.js";

/** The project of a server that was told nothing. */
export function defaultProjects(): readonly ProjectSeed[] {
  return [
    {
      name: "Example Project",
      slug: "example-project",
      environments: [
        { name: "Development", slug: "dev" },
        { name: "Staging", slug: "staging" },
        { name: "Production", slug: "prod" },
      ],
    },
  ];
}

/** The identity of a server that was told nothing: an administrator of every project. */
export function defaultIdentities(projects: readonly ProjectSeed[]): readonly IdentitySeed[] {
  return [
    {
      name: "admin",
      organizationRole: "admin",
      projectRoles: Object.fromEntries(projects.map(({ slug }) => [slug, "admin" as const])),
      universalAuth: {},
    },
  ];
}
