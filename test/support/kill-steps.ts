/** The steps of a run at which `killer.ts` can die. Each is passed again and again; which passage is fatal is to be said. */
export const killSteps = [
  /** The start of a run: attempts of the one that died are about to be called unknown, and have been. */
  'before-closing-open',
  'after-closing-open',
  /** An attempt is about to be recorded; it is on disk. */
  'before-attempt',
  'after-attempt',
  /** The quota let a request go; its last byte left; its answer is there. */
  'before-request',
  'after-request',
  'after-answer',
  /** A transaction has begun; all its writes are made; it is on disk. */
  'after-begin',
  'before-commit',
  'after-commit',
  /** An outcome is on disk. */
  'after-outcome',
  /** Attempts that have not left when a run stops are about to be taken back, and have been. */
  'before-withdraw',
  'after-withdraw',
  /** The end of a run: the journal is about to be folded into the run file. */
  'before-close',
  /** A finished plan is about to get its name; it has it. */
  'before-naming',
  'after-naming',
] as const;

export type KillStep = (typeof killSteps)[number];

export function isKillStep(text: string): text is KillStep {
  return (killSteps as readonly string[]).includes(text);
}
