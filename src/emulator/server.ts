/**
 * A local server that speaks CAMS and SMS, for tests, for a first look, and for trying a list on nobody. It listens on the
 * loopback address only and calls no other service.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { control, controlPath } from './control.ts';
import { writeDelivery } from './delivery.ts';
import { EmulatorOptionError } from './emulator-option-error.ts';
import { type EmulatorOptions, readOptions } from './emulator-options.ts';
import type { AcceptedMessage } from './message-draft.ts';
import { readBody } from './read-body.ts';
import { Service } from './service.ts';
import type { AcceptedSms } from './sms/sms-message.ts';
import type { EmulatorStats } from './statistics.ts';

export interface Emulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** What was accepted so far of messages on WhatsApp, Viber, Messenger and Instagram, in order. */
  accepted(): readonly AcceptedMessage[];
  /** The text messages that were accepted so far, in order. */
  acceptedSms(): readonly AcceptedSms[];
  stats(): EmulatorStats;
  /** Cuts what is under way and lets go of the port. */
  close(): Promise<void>;
}

/** Resolves once it listens. Throws `EmulatorOptionError` when an option, the port or the log file cannot be. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = readOptions(options);
  const service = new Service(settings);
  const server = createServer({ ...patientServer, maxHeaderSize: 64 * 1024 }, (request, response) => {
    // Node.js would write the time of this machine.
    response.setHeader('date', new Date(settings.clock.now()).toUTCString());
    if (request.url?.startsWith(controlPath) === true) void control(request, response, service);
    else void respond(request, response);
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrival = service.arrive(request);
    const { afterMs, delivery } = service.answer(arrival, request, await readBody(request));
    if (afterMs <= 0) return writeDelivery(response, delivery);
    const cancel = settings.clock.schedule(afterMs, () => writeDelivery(response, delivery));
    response.once('close', cancel);
  }

  const port = await listen(server, settings.port).catch((error: unknown) => {
    service.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    accepted: () => service.accepted(),
    acceptedSms: () => service.acceptedSms(),
    stats: () => service.stats(),
    async close() {
      await closeServer(server);
      service.close();
    },
  };
}

/** No timer of the server may cut a connection that a client keeps for later: only faults cut. */
const patientServer = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 } as const;

/** More connections may wait than any client opens at once. */
const backlog = 4096;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new EmulatorOptionError(`cannot listen on port ${port}${cause.code === 'EADDRINUSE' ? ': it is taken' : ''}`, {
          cause,
          hint: 'name another port, or 0 for any that is free',
        }),
      );
    });
    server.listen({ port, host: '127.0.0.1', backlog }, () => {
      // A TCP server has an AddressInfo once it listens; the other forms are of pipes and of closed servers.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
