/** What WhatsApp's own word on a sender's health means for a campaign. */
import type { Finding } from './finding.ts';
import type { HealthLookup, HealthProblem } from './health.ts';

const aboutAll = { row: null, column: null } as const;

export function checkHealth(lookup: HealthLookup): readonly Finding[] {
  if (lookup.kind === 'untold') {
    const { code, reason, missingRight } = lookup;
    return [
      {
        ...aboutAll,
        code: 'HEALTH_UNCHECKED',
        severity: 'info',
        value: code,
        message: `the service does not tell the health of the sender: ${reason}`,
        hint:
          missingRight === null
            ? 'messages can go all the same'
            : `grant ${missingRight} to have it checked; messages can go without`,
      },
    ];
  }
  const { state, problems } = lookup;
  if (state === 'available') return [];
  const what: Pick<Finding, 'code' | 'severity' | 'message'> =
    state === 'blocked'
      ? { code: 'HEALTH_BLOCKED', severity: 'fatal', message: 'WhatsApp lets no message of this sender pass' }
      : {
          code: 'HEALTH_LIMITED',
          severity: 'warning',
          message: 'WhatsApp lets messages of this sender pass with limits',
        };
  if (problems.length === 0) {
    return [{ ...aboutAll, ...what, value: null, hint: 'look at the sender and its business in the console' }];
  }
  return problems.map((problem) => ({
    ...aboutAll,
    ...what,
    value: problem.code,
    message: `${what.message}: ${described(problem)}`,
    hint: problem.solution ?? 'look at the sender and its business in the console',
  }));
}

function described({ entity, description }: HealthProblem): string {
  return `${entity}: ${description.trim().replace(/\.$/, '')}`;
}
