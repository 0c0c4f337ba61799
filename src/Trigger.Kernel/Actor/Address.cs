using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Trigger.Kernel.Actor;

/// <summary>Where an actor system lives: <c>akka://name</c>, or <c>akka.tcp://name@host:port</c> when it can be reached from elsewhere.</summary>
public sealed record Address(string Protocol, string System, string? Host = null, int? Port = null) : IComparable<Address>, IComparable
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    public static IComparer<Address?> Comparer { get; } = Comparer<Address?>.Create((left, right) => left is null ? (right is null ? 0 : -1) : left.CompareTo(right));

    public bool HasLocalScope => Host is null;

    public bool HasGlobalScope => Host is not null;

    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;

    /// <exception cref="UriFormatException">The text is no address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed : throw new UriFormatException($"[{address}] does not contain a valid address.");

    public static bool TryParse(string? path, [NotNullWhen(true)] out Address? address) => TryParse(path, out address, out _);

    /// <param name="absolutUri">The path behind the address, beginning with a slash.</param>
    public static bool TryParse(string? path, [NotNullWhen(true)] out Address? address, [NotNullWhen(true)] out string? absolutUri)
    {
        (address, absolutUri) = (null, null);
        var scheme = path?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (scheme <= 0 || !path!.StartsWith("akka", StringComparison.OrdinalIgnoreCase))
            return false;

        var slash = path.IndexOf('/', scheme + 3);
        var authority = slash < 0 ? path[(scheme + 3)..] : path[(scheme + 3)..slash];
        address = Of(path[..scheme], authority);
        if (address is null)
            return false;

        absolutUri = slash < 0 ? "/" : path[slash..];
        return true;
    }

    public Address WithProtocol(string protocol) => this with { Protocol = protocol };

    public Address WithSystem(string system) => this with { System = system };

    public Address WithHost(string? host = null) => this with { Host = host };

    public Address WithPort(int? port = null) => this with { Port = port };

    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public int CompareTo(Address? other)
    {
        if (other is null)
            return 1;

        var order = string.CompareOrdinal(Protocol, other.Protocol);
        if (order == 0)
            order = string.CompareOrdinal(System, other.System);
        if (order == 0)
            order = string.CompareOrdinal(Host ?? "", other.Host ?? "");
        return order != 0 ? order : (Port ?? 0).CompareTo(other.Port ?? 0);
    }

    public int CompareTo(object? obj) => obj is null or Address ? CompareTo(obj as Address) : throw new ArgumentException($"An address cannot be compared with {obj.GetType()}.", nameof(obj));

    public override string ToString() =>
        Host is null ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";

    // "name" or "name@host:port", the host perhaps an IPv6 address in brackets.
    private static Address? Of(string protocol, string authority)
    {
        var at = authority.IndexOf('@');
        if (at < 0)
            return authority.Length == 0 || authority.Contains(':', StringComparison.Ordinal) ? null : new Address(protocol, authority);

        var colon = authority.LastIndexOf(':');
        return at > 0 && colon > at + 1 && int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? new Address(protocol, authority[..at], authority[(at + 1)..colon], port)
            : null;
    }
}
