using System.Net;
using System.Net.Sockets;

namespace LLMscope.Monitoring.Alerts.Receivers;

/// <summary>
/// Which addresses messages may go to. Loopback and private networks are where a self-hosted product lives, so they are allowed;
/// the metadata services of clouds, which hand out credentials to whoever asks from inside, are not.
/// </summary>
internal static class AddressPolicy
{
    private static readonly IPNetwork[] Forbidden =
    [
        IPNetwork.Parse("169.254.0.0/16"), // link-local; 169.254.169.254 is the metadata service of most clouds
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("fd00:ec2::254/128"), // metadata of AWS over IPv6
        IPNetwork.Parse("100.100.100.200/32"), // metadata of Alibaba Cloud
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("255.255.255.255/32"),
    ];

    public static bool Allows(IPAddress address)
    {
        var plain = Plain(address);
        return !Array.Exists(Forbidden, network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>The addresses of a host, none of which is forbidden.</summary>
    /// <exception cref="ForbiddenAddressException">One of them is.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        return Array.Find(addresses, address => !Allows(address)) is { } forbidden ? throw new ForbiddenAddressException(host, forbidden) : addresses;
    }

    // An IPv4 address inside an IPv6 one leads to the same place: mapped, translated (RFC 6052) or tunnelled (RFC 3056).
    private static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;

        var bytes = address.GetAddressBytes();
        if (bytes.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]))
            return new IPAddress(bytes.AsSpan(12, 4));

        return bytes is [0x20, 0x02, ..] ? new IPAddress(bytes.AsSpan(2, 4)) : address;
    }
}

/// <summary>A receiver led to an address that messages must not go to.</summary>
internal sealed class ForbiddenAddressException(string host, IPAddress address)
    : Exception($"{host} leads to {address}, where LLMscope sends nothing: the address is link-local, multicast or a cloud's metadata service.");
