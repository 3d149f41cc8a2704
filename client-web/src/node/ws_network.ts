import { WebSocket } from 'ws';
import type { Network } from '../conference/ports';

/** `url`: ws://host:port/ws. `origin` is sent as the browser would, or not at all where it is empty. */
export function wsNetwork(url: string, origin = ''): Network {
  return {
    origin,
    connect(events) {
      const socket = new WebSocket(url, 'kasane.v1', origin === '' ? {} : { origin });
      let ended = false;
      const end = (code: number) => {
        if (ended) return;
        ended = true;
        events.close(code);
      };
      socket.on('open', () => events.open());
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(1003);
        else if (!ended) events.message(String(data));
      });
      socket.on('close', (code) => end(code));
      socket.on('error', () => end(1006)); // refused, reset: `close` follows or never comes
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close: (code) => {
          ended = true;
          socket.close(code);
        },
      };
    },
  };
}
