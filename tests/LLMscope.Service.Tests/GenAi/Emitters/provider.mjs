// Answers as OpenAI does, with the tokens and the waiting that a test can count on. The model decides: "limited" is refused with 429, "broken" with 500.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const usage = { prompt_tokens: 21, completion_tokens: 5, total_tokens: 26, prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 0 } };
const words = ["The", " process", " is", " in", " control."];

/** Starts it and gives its base address, `/v1` included. */
export async function startProvider() {
  const server = createServer((request, response) => answer(request, response).catch((error) => response.destroy(error)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/v1`, stop: () => server.closeAllConnections() ?? server.close() };
}

async function answer(request, response) {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += piece;
  const { model, stream, stream_options: options, input } = JSON.parse(text);

  const failure = { limited: [429, "rate_limit_error"], broken: [500, "server_error"] }[model];
  if (failure) return send(response, failure[0], { error: { message: "no answer for you", type: failure[1], param: null, code: null } });

  if (request.url.endsWith("/embeddings"))
    return send(response, 200, {
      object: "list", model: `${model}-served`, usage: { prompt_tokens: 7, total_tokens: 7 },
      data: [input].flat().map((_, index) => ({ object: "embedding", index, embedding: [0.1, 0.2, 0.3] })),
    });

  const envelope = { id: `chatcmpl-${randomUUID()}`, created: 1760000000, model: `${model}-served`, system_fingerprint: "fp_1" };
  if (!stream)
    return send(response, 200, {
      ...envelope, object: "chat.completion", usage,
      choices: [{ index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant", content: words.join(""), refusal: null } }],
    });

  response.writeHead(200, { "content-type": "text/event-stream" });
  const chunk = (choices, more) => response.write(`data: ${JSON.stringify({ ...envelope, object: "chat.completion.chunk", choices, ...more })}\n\n`);
  await wait(120);
  chunk([{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }]);
  for (const content of words) {
    chunk([{ index: 0, delta: { content }, finish_reason: null }]);
    await wait(10);
  }
  chunk([{ index: 0, delta: {}, finish_reason: "stop" }]);
  if (options?.include_usage) chunk([], { usage });
  response.end("data: [DONE]\n\n");
}

function send(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
