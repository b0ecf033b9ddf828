/**
 * The real program from the sources, that kills itself at a chosen step as a power cut would:
 * `node killer.ts <step> <passage> <arguments of sendoff…>`. It stands between the commands and their parts; what
 * they do is untouched.
 */
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import type { ClientRequest } from 'node:http';
import { enableCompileCache, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import type { Composition, ConnectedService, OpenedService } from '../../src/cli/compose.ts';
import type { Checkpoint } from '../../src/domain/checkpoint.ts';
import type { Provider } from '../../src/domain/provider.ts';
import type { Quota } from '../../src/domain/quota.ts';
import { isKillStep, type KillStep } from './kill-steps.ts';

const [step = '', passage = '', ...words] = process.argv.slice(2);
if (!isKillStep(step) || !(Number(passage) >= 1)) throw new Error(`cannot die at passage "${passage}" of "${step}"`);

let passages = 0;

function pass(here: KillStep): void {
  if (here !== step) return;
  passages += 1;
  if (passages === Number(passage)) process.kill(process.pid, 'SIGKILL');
}

function mortal(composition: Composition): Composition {
  return {
    ...composition,
    checkpoint(path) {
      const { plan, checkpoint } = composition.checkpoint(path);
      return { plan, checkpoint: mortalCheckpoint(checkpoint) };
    },
    openService: async (options, needs) => mortalServices(await composition.openService(options, needs)),
    quota: (limit) => optimisticQuota(composition.quota(limit)),
  };
}

/**
 * Around `withdraw` the quota tells of no wait, which is only its estimate: then an attempt is on record long before its
 * request could leave, and there is something to take back.
 */
function optimisticQuota(inner: Quota): Quota {
  return step.endsWith('-withdraw') ? { ...inner, waitMs: () => 0 } : inner;
}

function mortalCheckpoint(inner: Checkpoint): Checkpoint {
  return {
    ...inner,
    async closeOpenAttempts(now) {
      pass('before-closing-open');
      const rows = await inner.closeOpenAttempts(now);
      pass('after-closing-open');
      return rows;
    },
    async begin(attempts) {
      pass('before-attempt');
      await inner.begin(attempts);
      pass('after-attempt');
    },
    async settle(ends) {
      await inner.settle(ends);
      pass('after-outcome');
    },
    async withdraw(attempts) {
      pass('before-withdraw');
      await inner.withdraw(attempts);
      pass('after-withdraw');
    },
    async close() {
      pass('before-close');
      await inner.close();
    },
  };
}

function mortalServices(service: OpenedService): OpenedService {
  const { fallback } = service;
  return { ...mortalService(service), fallback: fallback === null ? null : mortalService(fallback) };
}

function mortalService<S extends ConnectedService>(service: S): S {
  return { ...service, provider: (...named) => mortalProvider(service.provider(...named)) };
}

function mortalProvider(inner: Provider): Provider {
  return {
    ...inner,
    async send(batch) {
      pass('before-request');
      const outcomes = await inner.send(batch);
      pass('after-answer');
      return outcomes;
    },
  };
}

/** A request has left once the operating system has its last byte. */
function watchRequests(): void {
  subscribe('http.client.request.created', (message) => {
    // The channel's documented payload.
    const { request } = message as { request: ClientRequest };
    request.once('finish', () => {
      const action = String(request.getHeader('x-acs-action'));
      if (/^Send(Chatapp(Mass)?Message|Sms|BatchSms)$/.test(action)) pass('after-request');
    });
  });
}

function watchTransactions(): void {
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === 'COMMIT') pass('before-commit');
    exec.call(this, sql);
    if (sql === 'BEGIN IMMEDIATE') pass('after-begin');
    if (sql === 'COMMIT') pass('after-commit');
  };
}

function watchNaming(): void {
  const { linkSync } = fs;
  fs.linkSync = (from, to) => {
    pass('before-naming');
    linkSync(from, to);
    pass('after-naming');
  };
  syncBuiltinESMExports();
}

watchRequests();
watchTransactions();
watchNaming();
enableCompileCache();
process.argv.splice(2, process.argv.length, ...words);
const { runFromProcess } = await import('../../src/cli/run-from-process.ts');
await runFromProcess(mortal);
