// A server made with the npm package ws, for the tests. What it does depends on the path.
// Usage: node server.js <host> <port> [deflate]
const { WebSocketServer } = require('ws');

const [host, port, deflate] = process.argv.slice(2);
const server = new WebSocketServer({
    host,
    port: Number(port),
    perMessageDeflate: deflate === 'deflate' ? { threshold: 0 } : false,
    maxPayload: 64 * 1024 * 1024,
    handleProtocols: (offered) => (offered.has('v2') ? 'v2' : false),
});

const big = (length) => 'abcdefghij'.repeat(length / 10);

// Sends what a client should send back, compares, and closes.
function audit(socket) {
    const sent = ['', 'grün', Buffer.from([0, 255]), big(100000), Buffer.from(big(5000000)), 'end'];
    sent.slice(0, -1).forEach((m) => socket.send(m));
    socket.send('e', { fin: false });
    socket.send('nd', { fin: true });
    const received = [];
    socket.on('message', (data, binary) => {
        received.push(binary ? data : data.toString());
        if (received.length === sent.length) {
            const same = sent.every((m, i) => Buffer.from(m).equals(Buffer.from(received[i]))
                && Buffer.isBuffer(m) === Buffer.isBuffer(received[i]));
            socket.close(same ? 1000 : 4000, same ? 'all the same' : 'not the same');
        }
    });
}

const conversations = {
    echo: (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })),
    extensions: (socket) => socket.send(socket.extensions || 'none'),
    fragments: (socket) => {
        socket.send('in ', { fin: false });
        socket.ping('between');
        socket.send('three ', { fin: false });
        socket.send('parts', { fin: true });
        socket.send(Buffer.from([1, 2]), { fin: false });
        socket.send(Buffer.from([3]), { fin: true });
    },
    numbered: (socket) => {
        for (let i = 0; i < 2000; i++) {
            socket.send(`{"number":${i},"symbol":"BTC-USD","price":"30000.${i % 100}"}`);
        }
    },
    large: (socket) => socket.send(big(1000000)),
    ping: (socket) => {
        socket.on('pong', (data) => socket.send(`pong ${data}`));
        socket.ping('are you there');
    },
    close: (socket, [code, reason]) => socket.close(code && Number(code), reason),
    drop: (socket) => socket.terminate(),
    audit,
};

server.on('connection', (socket, request) => {
    const [name, ...rest] = request.url.slice(1).split('/').map(decodeURIComponent);
    console.log(`agent ${request.headers['user-agent']}`);
    socket.on('ping', () => console.log('pinged'));
    socket.on('error', (e) => console.log(`error ${e.message}`));
    socket.on('close', (code, reason) => console.log(`closed ${code} ${reason}`));
    conversations[name](socket, rest);
});
