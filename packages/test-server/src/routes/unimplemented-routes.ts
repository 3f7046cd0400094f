import type { Routes } from "../http/routes.js";
import { notImplemented } from "../http/unimplemented.js";

/** Routes that would otherwise be taken for a secret of that name. */
export function registerUnimplemented(routes: Routes): void {
  for (const path of ["/api/v4/secrets/move", "/api/v4/secrets/duplicate"]) {
    routes.open("POST", path, ({ call }) => {
      throw notImplemented(call);
    });
  }
}
