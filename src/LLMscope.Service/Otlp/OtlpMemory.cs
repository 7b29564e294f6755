using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

/// <summary>How much memory the bodies of all requests that are being read may take together: some of the largest size at once.</summary>
internal sealed class OtlpMemory(IOptions<OtlpOptions> options)
{
    private const long LargestAtOnce = 4;

    private long _taken;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= LargestAtOnce * options.Value.LargestBody)
            return true;

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
