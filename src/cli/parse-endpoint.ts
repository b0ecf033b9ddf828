/** Endpoints as operators write them: a host name, or an address with its scheme. */
import { type Parsed, parsedMistake, parsedValue } from '../domain/parsed.ts';

const example = 'write a host such as cams.ap-southeast-1.aliyuncs.com';

/**
 * The origin, such as `https://cams.ap-southeast-1.aliyuncs.com`. Plain http is for this machine only, since requests
 * carry addresses and message texts.
 */
export function parseEndpoint(text: string): Parsed<string> {
  const written = text.trim();
  const url = URL.parse(written.includes('://') ? written : `https://${written}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return parsedMistake(`"${text}" is not an endpoint`, example);
  }
  // not quoted: it may hold a password
  if (url.username !== '' || url.password !== '')
    return parsedMistake('an endpoint takes no user or password', example);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return parsedMistake(`"${text}" has more than a host and a port`, `write ${url.origin}`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return parsedMistake(`"${text}" is not encrypted`, `write https://${url.host}; http is for this machine only`);
  }
  return parsedValue(url.origin);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
