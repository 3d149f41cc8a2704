// The browser's WebSocket behind the client's port. Same origin alone: the address is the page's own.
import type { Network, Socket, SocketEvents } from '../conference/ports';

export function browserNetwork(location: Location): Network {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const url = `${scheme}//${location.host}/ws`;
  return {
    origin: location.origin,
    connect(events: SocketEvents): Socket {
      const socket = new WebSocket(url, 'kasane.v1');
      socket.onopen = () => events.open();
      socket.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') events.message(data);
        else socket.close(1003);
      };
      socket.onclose = ({ code }) => events.close(code);
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close: (code) => {
          socket.onmessage = null;
          socket.onclose = null;
          socket.close(code);
        },
      };
    },
  };
}
