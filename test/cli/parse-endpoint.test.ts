import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../src/cli/parse-endpoint.ts';

describe('parseEndpoint', () => {
  it.each([
    ['https://cams.ap-southeast-1.aliyuncs.com', 'https://cams.ap-southeast-1.aliyuncs.com'],
    ['cams.ap-southeast-1.aliyuncs.com', 'https://cams.ap-southeast-1.aliyuncs.com'],
    ['https://cams.example:8443/', 'https://cams.example:8443'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010', 'http://localhost:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('reads %s', (text, value) => {
    expect(parseEndpoint(text)).toEqual({ kind: 'value', value });
  });

  const example = 'write a host such as cams.ap-southeast-1.aliyuncs.com';

  it.each([
    ['', '"" is not an endpoint', example],
    ['ftp://cams.example', '"ftp://cams.example" is not an endpoint', example],
    ['https://', '"https://" is not an endpoint', example],
    ['https://me:secret@cams.example', 'an endpoint takes no user or password', example],
    [
      'https://cams.example/v1?a=b',
      '"https://cams.example/v1?a=b" has more than a host and a port',
      'write https://cams.example',
    ],
    [
      'http://cams.example',
      '"http://cams.example" is not encrypted',
      'write https://cams.example; http is for this machine only',
    ],
    [
      'http://127.0.0.1.example',
      '"http://127.0.0.1.example" is not encrypted',
      'write https://127.0.0.1.example; http is for this machine only',
    ],
    [
      'http://localhost.example',
      '"http://localhost.example" is not encrypted',
      'write https://localhost.example; http is for this machine only',
    ],
  ])('refuses %j', (text, message, hint) => {
    expect(parseEndpoint(text)).toEqual({ kind: 'mistake', message, hint });
  });
});
