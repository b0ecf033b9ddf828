/** Qualifications without what is personal in them: names, cards, numbers and pictures. */
import { maskName, maskPersonal } from '../mask.ts';
import type { Qualification, QualificationListing, QualifiedPerson } from './qualification.ts';

export function maskedListing(listing: QualificationListing): QualificationListing {
  const { name, legalPerson, remark } = listing;
  const people = [legalPerson];
  return {
    ...listing,
    name: withoutNames(name, people),
    legalPerson: masked(legalPerson, maskName),
    remark: masked(remark, (text) => withoutNames(text, people)),
  };
}

export function maskedQualification(qualification: Qualification): Qualification {
  const { name, legalPerson, admin, papers, remark } = qualification;
  const people = [legalPerson.name, admin.name];
  return {
    ...qualification,
    name: withoutNames(name, people),
    legalPerson: maskedPerson(legalPerson),
    admin: maskedPerson(admin),
    papers: papers.map(() => '****'),
    remark: masked(remark, (text) => withoutNames(text, people)),
  };
}

function maskedPerson({ name, idCard, phone, ...person }: QualifiedPerson): QualifiedPerson {
  return {
    ...person,
    name: masked(name, maskName),
    idCard: masked(idCard, maskPersonal),
    phone: masked(phone, maskPersonal),
  };
}

function masked(text: string | null, mask: (text: string) => string): string | null {
  return text === null ? null : mask(text);
}

/** The service begins the name of a qualification with the company and ends it with its legal person. */
function withoutNames(text: string, people: readonly (string | null)[]): string {
  return people.reduce<string>((left, name) => (name ? left.replaceAll(name, maskName(name)) : left), text);
}
