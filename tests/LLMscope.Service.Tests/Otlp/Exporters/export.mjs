// Exports calls through one exporter of OpenTelemetry: node export.mjs <folder of the modules> <exporter> <address> <model> <packing>.
// Prints what the exporter was told, as JSON.
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , folder, name, url, model, compression] = process.argv;
const require = createRequire(join(folder, "package.json"));
const { SpanKind } = require("@opentelemetry/api");
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require("@opentelemetry/sdk-trace-node");
const { OTLPTraceExporter } = require(`@opentelemetry/exporter-trace-otlp-${name}`);

const kept = new InMemorySpanExporter();
const tracer = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)] }).getTracer("application");
for (let i = 0; i < 20; i++) {
  const attributes = {
    "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": model,
    "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 50, "gen_ai.request.temperature": 0.5,
    "gen_ai.response.finish_reasons": ["stop"], "gen_ai.input.messages": "a secret \u{1F600}",
  };
  const span = tracer.startSpan(`chat ${model}`, { kind: SpanKind.CLIENT, attributes, startTime: Date.now() - 1000 });
  span.addEvent("first token", { "tokens": 1 });
  span.end();
}

const exporter = new OTLPTraceExporter({ url, compression });
const result = await new Promise((resolve) => exporter.export(kept.getFinishedSpans(), resolve));
await exporter.shutdown();
console.log(JSON.stringify({ code: result.code, error: result.error?.message ?? null }));
