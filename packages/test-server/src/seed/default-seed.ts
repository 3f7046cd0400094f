import type { IdentitySeed, ProjectSeed } from "../options.ts";

/** The project of a server without seeded projects. */
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

/** The identity of a server without seeded identities: an administrator of every project. */
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
