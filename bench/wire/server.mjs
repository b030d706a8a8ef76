// A model server on loopback for the rows over the wire, in a process of its own: Responses and Chat Completions,
// whole and streamed. It prints {"port":N} and serves until it is ended.
//
// Written on bare sockets, so that it costs less than what is measured. Every event of a stream is an HTTP chunk of
// its own, as from a real endpoint. It holds no state: the conversation's shape is in the model's name, the place in
// it in the id of the last call whose output the request holds.

import { createServer } from 'node:net';
import { createConversation } from '../lib/conversation.mjs';
import { chatStream, chatWhole } from './chat.mjs';
import { shapeOf } from './model-name.mjs';
import { responsesStream, responsesWhole } from './responses.mjs';

const APIS = {
  '/v1/responses': { whole: responsesWhole, stream: responsesStream },
  '/v1/chat/completions': { whole: chatWhole, stream: chatStream },
};

/** Answers by API, model, turn and kind: made once, as the bytes that go out. */
const answers = new Map();
const conversations = new Map();

const server = createServer((socket) => {
  socket.setNoDelay(true);
  let received = Buffer.alloc(0);
  socket.on('data', (data) => {
    received = received.length === 0 ? data : Buffer.concat([received, data]);
    for (let request = readRequest(received); request; request = readRequest(received)) {
      received = received.subarray(request.end);
      answer(socket, request);
    }
  });
  socket.on('error', () => undefined);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
// Ends with the process that started it.
process.stdin.resume().on('end', () => process.exit(0));

function readRequest(bytes) {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = headEnd + 4 + length;
  if (bytes.length < end) return undefined;
  return { path: head.split(' ', 2)[1], body: bytes.toString('latin1', headEnd + 4, end), end };
}

function answer(socket, { path, body }) {
  const api = APIS[path];
  const model = /"model":"([^"]+)"/.exec(body)?.[1];
  if (api === undefined || model === undefined) {
    socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
    return;
  }
  const { latencyMs } = conversationOf(model);
  const bytes = bytesFor({ api, path, model, turn: turnOf(body), streamed: body.includes('"stream":true') });
  if (latencyMs === 0) socket.write(bytes);
  else setTimeout(() => socket.write(bytes), latencyMs);
}

function conversationOf(model) {
  let conversation = conversations.get(model);
  if (conversation === undefined) {
    conversation = createConversation(shapeOf(model));
    conversations.set(model, conversation);
  }
  return conversation;
}

/** The last call of the script that the request has the output of; earlier items have other ids. */
function turnOf(body) {
  const at = body.lastIndexOf('"call_id":"call_');
  const chatAt = body.lastIndexOf('"tool_call_id":"call_');
  const id = /call_(\d+)_/.exec(body.slice(Math.max(at, chatAt), Math.max(at, chatAt) + 60));
  return Math.max(at, chatAt) < 0 || id === null ? 0 : Number(id[1]) + 1;
}

function bytesFor({ api, path, model, turn, streamed }) {
  const key = `${path} ${model} ${turn} ${streamed}`;
  let bytes = answers.get(key);
  if (bytes === undefined) {
    const conversation = conversationOf(model);
    const next = conversation.answerAfter(turn === 0 ? undefined : `call_${turn - 1}_0`);
    const script = { model, turn, next, pieces: conversation.pieces };
    bytes = streamed ? streamBytes(api.stream(script)) : wholeBytes(api.whole(script));
    answers.set(key, bytes);
  }
  return bytes;
}

function wholeBytes(value) {
  const text = JSON.stringify(value);
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_bench\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

function streamBytes(events) {
  const parts = [
    'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nx-request-id: req_bench\r\ntransfer-encoding: chunked\r\n\r\n',
  ];
  for (const event of events) parts.push(`${Buffer.byteLength(event).toString(16)}\r\n${event}\r\n`);
  parts.push('0\r\n\r\n');
  return Buffer.from(parts.join(''));
}
