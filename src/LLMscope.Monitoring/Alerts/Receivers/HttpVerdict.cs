using System.Net.Sockets;

namespace LLMscope.Monitoring.Alerts.Receivers;

/// <summary>What an answer over HTTP means for a delivery.</summary>
internal static class HttpVerdict
{
    /// <summary>Posts, and judges whatever comes of it by the status alone.</summary>
    public static async Task<DeliveryAnswer> PostAsync(
        OutboundHttp http, Uri address, byte[] json, IEnumerable<(string Name, string Value)> headers, Func<HttpAnswer, DeliveryAnswer> judge, CancellationToken cancellation)
    {
        try
        {
            return judge(await http.PostAsync(address, json, headers, cancellation));
        }
        catch (HttpRequestException fault) when (fault.InnerException is ForbiddenAddressException forbidden)
        {
            return DeliveryAnswer.Refused(null, forbidden.Message);
        }
        catch (HttpRequestException fault)
        {
            return DeliveryAnswer.Failed(null, (fault.InnerException as SocketException)?.Message ?? fault.InnerException?.Message ?? fault.Message);
        }
        catch (IOException fault)
        {
            return DeliveryAnswer.Failed(null, fault.Message); // The connection broke within the answer's body.
        }
    }

    /// <summary>2xx is accepted; 408, 425, 429 and 5xx may pass; whatever else will be the same the next time.</summary>
    public static DeliveryAnswer Of(HttpAnswer answer, TimeProvider clock)
    {
        var text = answer.Body.Length == 0 ? $"HTTP {answer.Status}" : $"HTTP {answer.Status}: {answer.Body}";
        return answer.Status switch
        {
            >= 200 and < 300 => DeliveryAnswer.Accepted(answer.Status, text),
            429 or 503 => DeliveryAnswer.Failed(answer.Status, text, Patience(answer, clock)),
            408 or 425 or >= 500 => DeliveryAnswer.Failed(answer.Status, text),
            >= 300 and < 400 => DeliveryAnswer.Refused(answer.Status, $"{text} (a redirect, which is not followed: enter the final address)"),
            _ => DeliveryAnswer.Refused(answer.Status, text),
        };
    }

    private static TimeSpan? Patience(HttpAnswer answer, TimeProvider clock) =>
        answer.RetryAfter?.Delta ?? (answer.RetryAfter?.Date is { } date ? date - clock.GetUtcNow() : null);
}
