/** The latest `size` of many times, in order. Times may come out of order and may be corrected later. */
export class SortedTimes {
  /** Ascending from `#first` on, around the end. Before there are `size` times the rest are as old as can be. */
  readonly #ring: Float64Array;
  #first = 0;

  constructor(size: number) {
    this.#ring = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  get oldest(): number {
    return this.#at(0);
  }

  /** Takes the place of the oldest. */
  add(time: number): void {
    this.#first = this.#slot(1);
    this.#put(this.#ring.length - 1, time);
  }

  /** Puts another time in the place of one that was added. Answers whether that one was still here. */
  replace(time: number, by: number): boolean {
    let place = this.#ring.length - 1;
    while (place >= 0 && this.#at(place) > time) place -= 1;
    if (place < 0 || this.#at(place) !== time) return false;
    this.#put(place, by);
    return true;
  }

  /** Writes to a place that is free, and moves the time along until it stands in order. */
  #put(free: number, time: number): void {
    let place = free;
    while (place > 0 && this.#at(place - 1) > time) {
      this.#set(place, this.#at(place - 1));
      place -= 1;
    }
    while (place < this.#ring.length - 1 && this.#at(place + 1) < time) {
      this.#set(place, this.#at(place + 1));
      place += 1;
    }
    this.#set(place, time);
  }

  #slot(place: number): number {
    return (this.#first + place) % this.#ring.length;
  }

  #at(place: number): number {
    return this.#ring[this.#slot(place)] ?? Number.NEGATIVE_INFINITY;
  }

  #set(place: number, time: number): void {
    this.#ring[this.#slot(place)] = time;
  }
}
