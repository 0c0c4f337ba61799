using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Trigger.Acl.Values;

/// <summary>Addresses as text, both ways.</summary>
public static class AddressText
{
    public static bool TryInet(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        var octet = -1;
        var dots = 0;
        var digits = 0;
        foreach (var letter in text)
        {
            if (letter is >= '0' and <= '9')
            {
                octet = octet < 0 ? letter - '0' : octet * 10 + letter - '0';
                if (octet > 255 || ++digits > 3)
                    return false;
            }
            else if (letter == '.' && octet >= 0 && dots < 3)
            {
                address = address << 8 | (uint)octet;
                octet = -1;
                digits = 0;
                dots++;
            }
            else
            {
                return false;
            }
        }

        address = address << 8 | (uint)octet;
        return dots == 3 && octet >= 0;
    }

    public static bool TryInet6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        // A zone ("%eth0") or brackets would be taken by the library, but no filter means them.
        if (text.Length is < 2 or > 45 || text.IndexOf(':') < 0 || text.IndexOfAny('%', '[') >= 0)
            return false;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        address = Number(parsed);
        return true;
    }

    public static bool TryAddress(ReadOnlySpan<char> text, out Family family, out UInt128 address)
    {
        family = Family.Inet;
        address = 0;
        if (TryInet(text, out var four))
        {
            address = four;
            return true;
        }

        family = Family.Inet6;
        return TryInet6(text, out address);
    }

    /// <summary>An address, alone or with a length; IPv4 may leave octets out before the length, as in <c>10/8</c>.</summary>
    public static bool TryPrefix(ReadOnlySpan<char> text, out AddressMatch prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            if (!TryAddress(text, out var family, out var address))
                return false;
            prefix = AddressMatch.Host(family, address);
            return true;
        }

        var left = text[..slash];
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, null, out var length))
            return false;
        if (!TryAddress(left, out var of, out var value) && !TryShort(left, out of, out value))
            return false;
        if (length > AddressMatch.Width(of))
            return false;
        prefix = AddressMatch.Prefix(of, value, length);
        return true;
    }

    private static bool TryShort(ReadOnlySpan<char> text, out Family family, out UInt128 address)
    {
        family = Family.Inet;
        address = 0;
        var dots = text.Count('.');
        if (dots > 2 || text.Length > 11 || text.IsEmpty)
            return false;
        Span<char> full = stackalloc char[text.Length + 6];
        text.CopyTo(full);
        var at = text.Length;
        for (; dots < 3; dots++)
        {
            full[at++] = '.';
            full[at++] = '0';
        }

        if (!TryInet(full[..at], out var four))
            return false;
        address = four;
        return true;
    }

    public static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        UInt128 number = 0;
        foreach (var part in bytes[..written])
            number = number << 8 | part;
        return number;
    }

    public static string Of(Family family, UInt128 address)
    {
        if (family != Family.Inet6)
            return $"{(uint)address >> 24}.{(uint)address >> 16 & 255}.{(uint)address >> 8 & 255}.{(uint)address & 255}";
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 15; i >= 0; i--, address >>= 8)
            bytes[i] = (byte)address;
        return new IPAddress(bytes).ToString();
    }

    /// <summary>A prefix with its length, a single host without, a run as "low-high", scattered bits as "value wildcard".</summary>
    public static string Of(AddressMatch match)
    {
        var text = match switch
        {
            { Wild: var wild } when wild != 0 => $"{Of(match.Family, match.Low)} {Of(match.Family, wild)}",
            { PrefixLength: var length } when length == AddressMatch.Width(match.Family) => Of(match.Family, match.Low),
            { PrefixLength: var length and >= 0 } => $"{Of(match.Family, match.Low)}/{length}",
            _ => $"{Of(match.Family, match.Low)}-{Of(match.Family, match.High)}",
        };
        return match.Except ? text + " except" : text;
    }
}
