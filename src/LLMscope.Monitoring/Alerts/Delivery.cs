using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Alerts;

/// <summary>One attempt to deliver one notification: the message, the secret, the time limit. The test button takes the same way.</summary>
internal sealed class Delivery(IEnumerable<IReceiver> receivers, ReceiverSecrets secrets, IOptions<AlertOptions> options, TimeProvider clock)
{
    private readonly Dictionary<string, IReceiver> _receivers = receivers.ToDictionary(receiver => receiver.Kind.Name); // one for each registered kind
    private readonly Uri _publicUrl = new(options.Value.PublicUrl.TrimEnd('/') + "/");

    public async Task<DeliveryAnswer> AttemptAsync(ClaimedNotification claimed, CancellationToken cancellation)
    {
        if (!_receivers.TryGetValue(claimed.ReceiverKind, out var receiver))
            return DeliveryAnswer.Refused(null, $"This LLMscope knows no receiver of the kind '{claimed.ReceiverKind}'.");

        if (!secrets.TryReveal(claimed.Secret, out var secret))
            return DeliveryAnswer.Refused(null, "The secret cannot be decrypted, because its key is gone. Enter it again.");

        using var limit = new CancellationTokenSource(receiver.Kind.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await receiver.SendAsync(AlertMessage.Of(claimed, _publicUrl), new ReceiverConfiguration(claimed.Settings, secret), either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return DeliveryAnswer.Failed(null, $"No answer within {receiver.Kind.Timeout.TotalSeconds:0} s.");
        }
    }
}
