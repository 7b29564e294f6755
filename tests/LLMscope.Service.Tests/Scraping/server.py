"""A server with the Python client of Prometheus, which vLLM, SGLang and LiteLLM use too. Each scrape finds ten more requests."""
import sys
from wsgiref.simple_server import make_server

from prometheus_client import Counter, Gauge, Histogram, Info, Summary, make_wsgi_app

MODEL = "meta-llama/Llama-3.1-8B-Instruct"
LABELS = ["model_name", "engine"]
tokens = Counter("vllm:generation_tokens", "Number of generation tokens processed.", LABELS).labels(MODEL, "0")
finished = Counter("vllm:request_success", "Count of processed requests.", LABELS + ["finished_reason"])
first_token = Histogram("vllm:time_to_first_token_seconds", "Time to first token.", LABELS, buckets=[0.1, 0.25, 0.5]).labels(MODEL, "0")
cache = Gauge("vllm:kv_cache_usage_perc", "KV-cache usage.", LABELS).labels(MODEL, "0")
Summary("app_times", "Times.").observe(3)
Info("app_build", "Build.").info({"note": 'a "quoted" word\\path\nsecond line', "word": "größe"})
metrics = make_wsgi_app()


def serve(environ, start_response):
    if environ["PATH_INFO"] == "/metrics":
        tokens.inc(150, exemplar={"trace_id": "KOO5S4vxi0o"})
        cache.set(0.5)
        for _ in range(10):
            finished.labels(MODEL, "0", "stop").inc()
            first_token.observe(0.2, exemplar={"trace_id": "oHg5SJYRHA0"})
    return metrics(environ, start_response)


make_server("127.0.0.1", int(sys.argv[1]), serve).serve_forever()
