/**
 * Loaded before a measured program: when that ends, writes what it took to descriptor 3. JavaScript like everything here,
 * since stripping types would cost the measured process time and memory.
 */
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 }));
});
