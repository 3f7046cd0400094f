import { ReflectionKind } from "typedoc";

/**
 * Links each exported name with the line of the repository that declares it. What belongs to one is near it.
 *
 * @param {import("typedoc").ProjectReflection} project
 */
export function linkSources(project) {
  for (const reflection of Object.values(project.reflections)) {
    if (!("sources" in reflection)) continue;
    if (reflection.parent?.kindOf(ReflectionKind.Module)) {
      for (const source of reflection.sources ?? []) {
        source.url = `https://github.com/Infisical/infisical-sdk/blob/main/${source.fileName}#L${source.line}`;
      }
    } else {
      delete reflection.sources;
    }
  }
}
