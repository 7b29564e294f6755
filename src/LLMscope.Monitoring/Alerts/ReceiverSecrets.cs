using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace LLMscope.Monitoring.Alerts;

/// <summary>Encrypts the secrets of receivers at rest. They leave it only towards their receiver; people see the last four characters.</summary>
internal sealed class ReceiverSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("LLMscope.Alerts.ReceiverSecret.v1");

    public byte[]? Protect(string? secret) => string.IsNullOrEmpty(secret) ? null : _protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>False where the key that encrypted it is gone, for example with a lost key folder.</summary>
    public bool TryReveal(byte[]? secret, out string? text)
    {
        text = null;
        if (secret is null)
            return true;

        try
        {
            text = Encoding.UTF8.GetString(_protector.Unprotect(secret));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>How a secret is shown; null where there is none.</summary>
    public string? Hint(byte[]? secret)
    {
        if (!TryReveal(secret, out var text))
            return "unreadable: enter it again";

        // Four of a short password would be most of it.
        return text is null ? null : text.Length < 12 ? "••••" : $"••••{text[^4..]}";
    }
}
