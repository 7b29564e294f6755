// Makes calls through one instrumentation and exports what it saw: node emit.mjs <instrumentation> <OTLP address> <application>.
// Within a span of the application: an answer, a streamed answer, an embedding, a refusal (429) and a failure (500).
import { createRequire } from "node:module";
import { trace } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { startProvider } from "./provider.mjs";

const require = createRequire(import.meta.url); // instrumentations patch what is required, not what is imported
const [, , name, address, application] = process.argv;

const instrumentations = {
  contrib: () => [new (require("@opentelemetry/instrumentation-openai").OpenAIInstrumentation)()],
  traceloop: () => [new (require("@traceloop/instrumentation-openai").OpenAIInstrumentation)({ traceContent: false, enrichTokens: false })],
  openinference: () => [new (require("@arizeai/openinference-instrumentation-openai").OpenAIInstrumentation)()],
  // As an agent framework with spans of its own around the client library that is watched, too.
  framework: () => instrumentations.contrib(),
  // The Vercel AI SDK tells of itself; these are three of its versions.
  "ai-4": () => [],
  "ai-5": () => [],
  "ai-6": () => [],
};

const resource = resourceFromAttributes({ "service.name": application, "deployment.environment.name": "test" });
const traces = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${address}/v1/traces` }))] });
const metrics = new MeterProvider({
  resource,
  readers: [new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${address}/v1/metrics` }),
    exportIntervalMillis: 60_000, // later than the end, which exports too
  })],
});
traces.register();
for (const instrumentation of instrumentations[name]()) {
  instrumentation.setTracerProvider(traces);
  instrumentation.setMeterProvider(metrics);
  instrumentation.enable();
}

const provider = await startProvider();
await trace.getTracer("application").startActiveSpan("answer a customer", async (span) => {
  const calls = name.startsWith("ai-") ? callsOfVercel() : name === "framework" ? callsOfFramework() : callsOfOpenAi();
  for (const call of calls) {
    try {
      await call();
    } catch {
      // The refusal and the failure.
    }
  }
  span.end();
});
provider.stop();
await Promise.all([traces.shutdown(), metrics.shutdown()]);

function callsOfOpenAi() {
  const { OpenAI } = require("openai");
  const client = new OpenAI({ apiKey: "none", baseURL: provider.url, maxRetries: 0 });
  const messages = [{ role: "user", content: "Is it in control?" }];
  return [
    () => client.chat.completions.create({ model: "answering", messages }),
    async () => { for await (const _ of await client.chat.completions.create({ model: "streaming", messages, stream: true, stream_options: { include_usage: true } })); },
    () => client.embeddings.create({ model: "embedding", input: "control" }),
    () => client.chat.completions.create({ model: "limited", messages }),
    () => client.chat.completions.create({ model: "broken", messages }),
  ];
}

function callsOfFramework() {
  const tracer = trace.getTracer("framework");
  const usage = { "gen_ai.usage.input_tokens": 21, "gen_ai.usage.output_tokens": 5 };
  const within = (attributes, call) => async () => {
    const named = `${attributes["gen_ai.operation.name"]} ${attributes["gen_ai.request.model"]}`;
    await tracer.startActiveSpan(named, { attributes }, (span) => call().finally(() => span.end()));
  };
  return callsOfOpenAi().slice(0, 2).map((call, i) => {
    const model = ["answering", "streaming"][i];
    const chat = within({ "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": model, ...usage }, call);
    return within({ "gen_ai.operation.name": "invoke_agent", "gen_ai.provider.name": "openai", "gen_ai.request.model": model, ...usage }, chat);
  });
}

function callsOfVercel() {
  const { embed, generateText, streamText } = require(name);
  const openai = require(`${name}-openai`).createOpenAI({ apiKey: "none", baseURL: provider.url, compatibility: "strict" });
  const asked = (model) => ({ model: openai.chat(model), prompt: "Is it in control?", maxRetries: 0, experimental_telemetry: { isEnabled: true }, onError: () => {} });
  return [
    () => generateText(asked("answering")),
    async () => { for await (const _ of streamText(asked("streaming")).textStream); },
    () => embed({ ...asked("embedding"), model: openai.textEmbeddingModel("embedding"), value: "control" }),
    () => generateText(asked("limited")),
    () => generateText(asked("broken")),
  ];
}
