import { createClient } from "@infisical/core";
import { expectTypeOf, test } from "vitest";
import { folders, type Project, type ProjectInfo, projects, tags } from "../src/index.ts";

const client = createClient({ plugins: [projects(), folders(), tags()] });

test("mutually exclusive options are checked by the types", () => {
  expectTypeOf(client.projects().get).toBeCallableWith({ projectId: "id" });
  expectTypeOf(client.projects().get).toBeCallableWith({ slug: "web-shop" });
  // @ts-expect-error neither of the two
  client.projects().get({});
  // @ts-expect-error both of the two
  client.projects().get({ projectId: "id", slug: "web-shop" });
  expectTypeOf(client.projects().delete).toBeCallableWith({ slug: "web-shop" });
  expectTypeOf(client.projects().update).toBeCallableWith({ projectId: "id", newSlug: "shop" });
  expectTypeOf(client.projects().update).toBeCallableWith({ slug: "web-shop", name: "Shop" });
  // @ts-expect-error a slug is changed by the id only
  client.projects().update({ slug: "web-shop", newSlug: "shop" });
  // @ts-expect-error both of the two
  client.projects().delete({ projectId: "id", slug: "web-shop" });
  // @ts-expect-error neither of the two
  client.folders().delete({ projectId: "id", environment: "dev" });
  // @ts-expect-error both of the two
  client.tags().get({ projectId: "id", tagId: "id", slug: "database" });
});

test("results are typed, and accessors of other plugins do not exist", () => {
  expectTypeOf(client.projects().create).returns.resolves.toEqualTypeOf<Project>();
  expectTypeOf(client.projects().list).returns.resolves.toEqualTypeOf<Project[]>();
  expectTypeOf(client.projects().update).returns.resolves.toEqualTypeOf<ProjectInfo>();
  expectTypeOf(client.projects().delete).returns.resolves.not.toHaveProperty("environments");
  // @ts-expect-error its plugin is not installed
  client.environments;
});
