/** Writes the commands that sendoff proposes, ready to be pasted into a shell. */
import type { Service } from '../domain/run-record.ts';
import type { ServiceOptions } from './shared-options.ts';

/** `sendoff resume 'runs/my list.run' --emulator` */
export function goOnCommand(command: string, runFile: string, options: ServiceOptions, service: Service): string {
  const flags = [
    ...(options.emulator ? ['--emulator'] : []),
    ...(options.endpoint === undefined ? [] : ['--endpoint', options.endpoint]),
    ...(options.region === undefined ? [] : ['--region', options.region]),
    ...(options.profile === undefined ? [] : ['--profile', options.profile]),
    ...(service.kind === 'emulator' && !options.emulator && options.endpoint === undefined ? ['--emulator'] : []),
  ];
  return ['sendoff', command, runFile, ...flags].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
