// What a person reads out so that a colleague knows their device: of its id, a hash of all its public keys, as much as
// nobody finds a second device to (24 of 52 characters of 5 bits).
import { words } from '../../text';

export const deviceNumber = (device: string): string => (device.slice(2, 26).toUpperCase().match(/.{1,4}/g) ?? []).join(' ');

export function DeviceNumber({ device }: { device: string }) {
  return <p>{words().office.devices.number}：<b class="mono device-number">{deviceNumber(device)}</b></p>;
}
