const redirectStatuses = [301, 302, 303, 307, 308];
const mostRedirects = 20;

/** Handles redirects as the global `fetch` does, by the request's `redirect` mode. */
export async function followRedirects(
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  let current = request;
  for (let count = 0; count <= mostRedirects; count += 1) {
    const bodyForLater = current.redirect === "follow" ? current.clone() : undefined;
    const response = await send(current);
    const location = response.headers.get("location");
    if (!redirectStatuses.includes(response.status) || location === null) return response;
    if (!bodyForLater) {
      if (current.redirect === "manual") return response;
      throw new TypeError("fetch failed", { cause: new Error("unexpected redirect") });
    }
    current = redirected(bodyForLater, response.status, new URL(location, current.url));
  }
  throw new TypeError("fetch failed", { cause: new Error("redirect count exceeded") });
}

function redirected(request: Request, status: number, url: URL): Request {
  const headers = new Headers(request.headers);
  if (url.origin !== new URL(request.url).origin) headers.delete("authorization");
  const becomesGet = status === 303 || (status < 303 && request.method === "POST");
  if (becomesGet) {
    headers.delete("content-type");
    return new Request(url, { method: "GET", headers, signal: request.signal });
  }
  return new Request(url, new Request(request, { headers }));
}
