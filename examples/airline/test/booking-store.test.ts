import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BookingStore } from '../src/data/booking-store.js';
import { newDataFolder } from './support/new-data-folder.js';

describe('BookingStore', () => {
  it('starts with the seeded bookings and keeps its folder out of git', () => {
    const folder = join(newDataFolder(), 'deep', 'data');
    const store = new BookingStore(folder);
    expect(store.find('ll0eg6')?.booking).toMatchObject({ passenger: 'Iris Holm', seat: '12F' });
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('a changed seat lasts, and the old one is free for others', () => {
    const folder = newDataFolder();
    expect(new BookingStore(folder).changeSeat('LL0EG6', ' 14 c')).toMatchObject({
      type: 'changed',
      previousSeat: '12F',
    });
    const again = new BookingStore(folder);
    expect(again.find('LL0EG6')?.booking.seat).toBe('14C');
    expect(again.find('LL0EG6')?.flight.freeSeats).toContain('12F');
    expect(again.find('LL0EG6')?.flight.freeSeats).not.toContain('14C');
    expect(again.changeSeat('K7Q2MX', '12F').type).toBe('changed');
  });

  it.each([
    ['14B', 'taken'],
    ['12F', 'same_seat'],
    ['14Z', 'no_such_seat'],
    ['21A', 'no_such_seat'],
    ['0A', 'no_such_seat'],
    ['C14', 'no_such_seat'],
    ['', 'no_such_seat'],
  ])('a wish for %j is refused as %s and changes nothing', (seat, type) => {
    const store = new BookingStore(newDataFolder());
    const before = store.all();
    expect(store.changeSeat('LL0EG6', seat).type).toBe(type);
    expect(store.all()).toEqual(before);
  });

  it('a booking that does not exist is refused', () => {
    const store = new BookingStore(newDataFolder());
    expect(store.changeSeat('NOPE00', '14C')).toEqual({ type: 'no_such_booking' });
  });

  it('reset forgets every change', () => {
    const store = new BookingStore(newDataFolder());
    const seeded = store.all();
    store.changeSeat('LL0EG6', '14C');
    store.reset();
    expect(store.all()).toEqual(seeded);
  });

  it.each(['{', '[]', '{"flights":[]}'])(
    'a file that holds %s is reported, with the way out',
    (text) => {
      const store = new BookingStore(newDataFolder());
      store.reset();
      writeFileSync(store.file, text);
      expect(() => store.all()).toThrow('--reset');
    },
  );

  it('no half-written file is left behind', () => {
    const folder = newDataFolder();
    const store = new BookingStore(folder);
    store.reset();
    expect(existsSync(`${store.file}.${process.pid}.next`)).toBe(false);
  });
});
