import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a file as `esbuild --bundle --minify --platform=node` does outside this workspace. */
export async function bundle(
  file: string,
  options: BuildOptions = {},
): Promise<{ text: string; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    platform: "node",
    outdir: "bundle",
    // The workspace's paths lead to sources; packages are bundled as they are published.
    tsconfigRaw: "{}",
    absWorkingDir: root,
    logLevel: "silent",
    ...options,
    write: false,
    metafile: true,
  });
  return { text: outputFiles[0]?.text ?? "", metafile };
}
