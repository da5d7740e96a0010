import { ForbiddenException, UnsupportedMediaTypeException } from '@nestjs/common';
import { headerOf, type ServerRequest } from './server-request.js';

/** A page of another site cannot send it without asking first, and is refused when it asks. */
const OWN_HEADER = 'x-tasqueue-dashboard';

/**
 * Refuses what a page of another site may have made the visitor's browser send: three locks, as an
 * application that allows other sites by CORS has opened the first.
 */
export function refuseForged(request: ServerRequest, trustProxy: boolean): void {
  const type = headerOf(request, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new UnsupportedMediaTypeException(
      "an action has to be sent as JSON, with the header 'content-type: application/json'",
    );
  if (headerOf(request, OWN_HEADER) === undefined)
    throw new ForbiddenException(
      `an action has to carry the header '${OWN_HEADER}: 1', as protection against forged requests`,
    );
  if (!isOwnPage(request, trustProxy))
    throw new ForbiddenException(
      'an action is taken from the pages of this very dashboard, or from no page at all: this request ' +
        "comes from another site, or through a proxy that changes 'host' (see the option trustProxy)",
    );
}

function isOwnPage(request: ServerRequest, trustProxy: boolean): boolean {
  const site = headerOf(request, 'sec-fetch-site');
  // Browsers set it themselves, and no page can change it.
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = headerOf(request, 'origin');
  if (origin === undefined) return true;
  const own = hostAsked(request, trustProxy);
  return own !== undefined && hostOf(origin) === own;
}

function hostAsked(request: ServerRequest, trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? headerOf(request, 'x-forwarded-host') : undefined;
  const host = forwarded?.split(',')[0]?.trim() ?? headerOf(request, 'host');
  return host === undefined ? undefined : hostOf(`http://${host}`);
}

/** Without the port where it is the usual one of either scheme. `null`, the origin of sandboxes, has none. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host.replace(/:(80|443)$/, '') : undefined;
}
