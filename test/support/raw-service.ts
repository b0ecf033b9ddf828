/** A bare TCP or HTTP server that answers exactly as a test says, well or badly, and notes what arrived. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';

export interface ReceivedCall {
  readonly action: string;
  readonly headers: IncomingMessage['headers'];
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** What a test makes of one request; `call` is whole by then. */
export type Behaviour = (response: ServerResponse, call: ReceivedCall) => void;

export interface RawService extends AsyncDisposable {
  /** With scheme, host and port. */
  readonly endpoint: string;
  readonly received: readonly ReceivedCall[];
  /** From now on. */
  behave(behaviour: Behaviour): void;
}

export async function openRawService(
  behaviour: Behaviour,
  tls?: { readonly key: string; readonly cert: string },
): Promise<RawService> {
  const received: ReceivedCall[] = [];
  let current = behaviour;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call: ReceivedCall = {
        action: String(request.headers['x-acs-action']),
        headers: request.headers,
        query: Object.fromEntries(new URL(request.url ?? '/', 'http://host').searchParams),
        form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
      };
      received.push(call);
      current(response, call);
    });
  };
  const server: Server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  const port = await listen(server);
  return {
    endpoint: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    received,
    behave: (next) => {
      current = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The endpoint of a port on which nothing listens. */
export async function closedEndpoint(): Promise<string> {
  const server = createTcpServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one; the other shapes are pipes and closed servers.
  return (server.address() as AddressInfo).port;
}

/** Answers with a JSON body, as the service does. */
export function json(body: unknown, status = 200): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** Answers with these very bytes. */
export function bytes(body: string, status = 200, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Takes the request and closes the connection without a word. */
export const cut: Behaviour = (response) => {
  response.socket?.destroy();
};

/** Takes the request and stays silent. */
export const hang: Behaviour = () => {};

/** Begins a good answer and closes the connection in the middle of it. */
export const cutInTheMiddle: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"Code":"OK","Mess', () => response.socket?.destroy());
};

/** Begins a good answer and lets a byte go every 20 ms, without an end. */
export const drip: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};
