/** What stands above everything that comes from the emulator, so that nobody takes it for the real service. */
import type { Service } from '../../domain/run-record.ts';
import type { Palette } from './palette.ts';

/** The line, or none for the real service. */
export function emulatorBanner(service: Service, { loud }: Palette): string[] {
  if (service.kind !== 'emulator') return [];
  return [`${loud(' EMULATOR ')} nobody receives anything: messages go to ${service.endpoint}`];
}
