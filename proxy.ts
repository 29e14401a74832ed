import { NextResponse, type NextRequest } from "next/server";
import { readEnv } from "#server/env.ts";
import { guardRequest } from "#server/http/guard-request.ts";

/**
 * Applies the API's guard to pages, and sets each page's Content-Security-Policy. The diff view needs inline styles to
 * position its rows; scripts run only with a nonce.
 */
export function proxy(request: NextRequest): NextResponse {
  const refusal = guardRequest({ method: request.method, headers: request.headers, host: readEnv().host });
  if (refusal !== null) return new NextResponse(refusal.message, { status: 403 });
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    // Previews, on their own hosts. A document keeps its policy across client-side navigation.
    "frame-src http://*.localhost:*",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/**
 * Every address except those below `/api/` and `/git/`, whose routes have their own guard that does not copy the body,
 * and exact static files. An address that only begins like one of these is a page.
 */
export const config = { matcher: [{ source: "/((?!api/|git/|_next/static/|icon\\.svg$).*)" }] };
