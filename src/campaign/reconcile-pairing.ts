/** Pairs things of two kinds one to one. Groups are small: the rows and the log entries of a single number. */

export interface Group<Left, Right> {
  readonly left: readonly Left[];
  readonly right: readonly Right[];
}

type Fits<Left, Right> = (left: Left, right: Right) => boolean;

/** What hangs together by `fits`, directly or through others. Things that fit nothing are in no group. */
export function connectedGroups<Left, Right>(
  left: readonly Left[],
  right: readonly Right[],
  fits: Fits<Left, Right>,
): readonly Group<Left, Right>[] {
  const groups: Group<Left, Right>[] = [];
  const free = new Set(left);
  const unused = new Set(right);
  for (const start of left) {
    if (!free.delete(start)) continue;
    const members: Left[] = [start];
    const partners: Right[] = [];
    // Grows while it is walked: each new member may bring partners, and each of those more members.
    for (const member of members) {
      for (const partner of unused) {
        if (!fits(member, partner)) continue;
        unused.delete(partner);
        partners.push(partner);
        for (const other of free) {
          if (!fits(other, partner)) continue;
          free.delete(other);
          members.push(other);
        }
      }
    }
    if (partners.length > 0) groups.push({ left: members, right: partners });
  }
  return groups;
}

/**
 * A partner of its own for each of `left`, or null where there are not enough; in the order of both, as far as that leaves nobody
 * without. The method is Kuhn's: where all its partners are taken, a newcomer pushes a holder on to another partner.
 */
export function pairAll<Left, Right>(
  { left, right }: Group<Left, Right>,
  fits: Fits<Left, Right>,
): ReadonlyMap<Left, Right> | null {
  const holders = new Map<Right, Left>();

  function place(newcomer: Left, tried: Set<Right>): boolean {
    const partners = right.filter((partner) => !tried.has(partner) && fits(newcomer, partner));
    for (const partner of [...partners.filter((each) => !holders.has(each)), ...partners]) {
      if (tried.has(partner)) continue;
      tried.add(partner);
      const holder = holders.get(partner);
      if (holder !== undefined && !place(holder, tried)) continue;
      holders.set(partner, newcomer);
      return true;
    }
    return false;
  }

  if (!left.every((newcomer) => place(newcomer, new Set()))) return null;
  return new Map([...holders].map(([partner, holder]) => [holder, partner]));
}
