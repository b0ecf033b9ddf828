/** What the caller gets to see: the service's answer, or what a fault makes of it. */
import type { ServerResponse } from 'node:http';
import { type Answer, refusalAnswer } from './answer.ts';
import type { StrikingFault } from './fault-rule.ts';
import { messageFor, type RefusalCode, refuse, statusFor } from './refusals.ts';

export type Delivery =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** A body that is not the service's: empty, or a page of something in between. */
  | { readonly kind: 'other'; readonly status: number; readonly text: string }
  /** The first half of the answer, and then nothing. */
  | { readonly kind: 'truncated'; readonly answer: Answer }
  | { readonly kind: 'cut' }
  | { readonly kind: 'silence' };

const proxyPage = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>\n';

/**
 * `serve` is what accepts or refuses the request; it is called at most once, and not where the fault comes before. `flowControl` is
 * the code with which the service turns calls away that are too many.
 */
export function deliver(fault: StrikingFault | null, flowControl: RefusalCode, serve: () => Answer): Delivery {
  if (fault === null) return { kind: 'answer', answer: serve() };
  switch (fault.fault) {
    case 'cut-before':
      return { kind: 'cut' };
    case 'cut-after':
      serve();
      return { kind: 'cut' };
    case 'hang-before':
      return { kind: 'silence' };
    case 'hang-after':
      serve();
      return { kind: 'silence' };
    case 'error-500':
    case 'error-503':
      if (fault.accept) serve();
      return {
        kind: 'answer',
        answer: refusalAnswer(refuse(fault.fault === 'error-500' ? 'InternalError' : 'ServiceUnavailable')),
      };
    case 'throttle': {
      const code = fault.code ?? flowControl;
      return { kind: 'answer', answer: refusalAnswer({ status: 400, code, message: messageFor(code) }) };
    }
    case 'empty-body':
      if (fault.accept) serve();
      return { kind: 'other', status: fault.http, text: '' };
    case 'not-json':
      if (fault.accept) serve();
      return { kind: 'other', status: fault.http, text: proxyPage };
    case 'truncated':
      return { kind: 'truncated', answer: serve() };
    case 'refuse':
      return {
        kind: 'answer',
        answer: refusalAnswer({
          status: fault.http ?? statusFor(fault.code),
          code: fault.code,
          message: fault.message ?? messageFor(fault.code),
        }),
      };
  }
}

/** On every answer, so that nobody can take an emulated one for a real one. */
export const emulatorHeader = { 'x-sendoff-emulator': '1' } as const;

const jsonType = 'application/json;charset=utf-8';

export function writeDelivery(response: ServerResponse, delivery: Delivery): void {
  switch (delivery.kind) {
    case 'answer':
      write(response, delivery.answer.status, jsonType, answerText(delivery.answer));
      break;
    case 'other':
      write(response, delivery.status, 'text/html', delivery.text);
      break;
    case 'truncated':
      writeHalf(response, delivery.answer);
      break;
    case 'cut':
      response.socket?.destroy();
      break;
    case 'silence':
      break;
  }
}

function write(response: ServerResponse, status: number, contentType: string, text: string): void {
  const contentLength = Buffer.byteLength(text);
  response.writeHead(status, { ...emulatorHeader, 'content-type': contentType, 'content-length': contentLength });
  response.end(text);
}

function writeHalf(response: ServerResponse, answer: Answer): void {
  const text = Buffer.from(answerText(answer));
  response.writeHead(answer.status, {
    ...emulatorHeader,
    'content-type': jsonType,
    'content-length': text.length,
  });
  response.write(text.subarray(0, text.length >> 1), () => response.socket?.destroy());
}

function answerText({ body }: Answer): string {
  return JSON.stringify(body);
}
