using Microsoft.AspNetCore.Diagnostics;

namespace LLMscope.Service.Otlp;

/// <summary>Answers a fault of LLMscope in the words of OTLP where it was asked in those. Others answer all other faults.</summary>
internal sealed class OtlpFaults : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (OtlpGrpc.SignalOf(httpContext.Request.Path) is not null)
            OtlpGrpc.AnswerFault(httpContext);
        else if (OtlpHttp.SignalOf(httpContext.Request.Path) is not null && exception is not BadHttpRequestException)
            await OtlpHttp.AnswerFaultAsync(httpContext);
        else
            return false;

        return true;
    }
}
