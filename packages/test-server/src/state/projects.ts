import type { Project } from "./entities.ts";

/** The projects of the organization. */
export class Projects {
  readonly #byId = new Map<string, Project>();

  add(project: Project): void {
    this.#byId.set(project.id, project);
  }

  remove(project: Project): void {
    this.#byId.delete(project.id);
  }

  all(): Project[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Project | undefined {
    return this.#byId.get(id);
  }

  bySlug(slug: string): Project | undefined {
    return this.all().find((project) => project.slug === slug);
  }
}
