using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace LLMscope.Client;

/// <summary>The identity of a prompt: an HMAC-SHA-256 of its roles and texts, as 64 hexadecimal digits. Nothing of the prompt can be read from it.</summary>
internal sealed class PromptIdentity : IDisposable
{
    private readonly IncrementalHash _hash;

    public PromptIdentity(ReadOnlyMemory<byte> key) => _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);

    public static string Of(IEnumerable<ChatMessage> messages, ReadOnlyMemory<byte> key)
    {
        using var identity = new PromptIdentity(key);
        foreach (var message in messages)
        {
            identity.Add(Encoding.UTF8.GetBytes(message.Role.Value));
            identity.EndPart();
            identity.Add(Encoding.UTF8.GetBytes(message.Text));
            identity.EndPart();
        }

        return identity.Text();
    }

    public void Add(ReadOnlySpan<byte> text) => _hash.AppendData(text);

    /// <summary>Without an end "a", "bc" would be the same as "ab", "c". No text in UTF-8 has this byte.</summary>
    public void EndPart() => _hash.AppendData([0xFF]);

    /// <summary>Forgets what was added.</summary>
    public void Restart() => _hash.GetHashAndReset();

    public string Text() => Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant();

    public void Dispose() => _hash.Dispose();
}
