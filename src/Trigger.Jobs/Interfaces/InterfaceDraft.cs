using System.Globalization;
using System.Net;

namespace Trigger.Jobs.Interfaces;

/// <summary>An interface while it is read.</summary>
internal sealed class InterfaceDraft(string name)
{
    private readonly List<(IPAddress Address, IPNetwork Subnet)> addresses = [];
    private readonly List<string> aclsIn = [];
    private readonly List<string> aclsOut = [];

    public string Description { get; set; } = "";

    public bool IsDisabled { get; set; }

    /// <summary>A firewall's name for it, by which its ACLs are bound; null where there is none.</summary>
    public string? NameIf { get; set; }

    /// <param name="text"><c>10.0.0.1</c> or <c>10.0.0.1/24</c>; anything else is passed over, because devices write "dhcp" and "negotiated" there, too.</param>
    /// <param name="mask"><c>255.255.255.0</c>, or null.</param>
    public void AddAddress(string text, string? mask = null)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return;

        var widest = address.GetAddressBytes().Length * 8;
        var length = slash >= 0 ? Number(text[(slash + 1)..]) : mask is null ? widest : LengthOf(mask);
        if (length is null || length > widest)
            return;

        addresses.Add((address, Network(address, length.Value)));
    }

    public void AddAcl(string acl, bool inbound)
    {
        var list = inbound ? aclsIn : aclsOut;
        if (!list.Contains(acl))
            list.Add(acl);
    }

    public InterfaceInfo Finish() => new()
    {
        Name = name,
        Description = Description,
        Addresses = [.. addresses.Select(pair => pair.Address)],
        Subnets = [.. addresses.Select(pair => pair.Subnet)],
        AclsIn = aclsIn,
        AclsOut = aclsOut,
        IsDisabled = IsDisabled,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Only ones and then only zeros is a mask.
    private static int? LengthOf(string mask)
    {
        if (!IPAddress.TryParse(mask, out var parsed) || parsed.GetAddressBytes() is not { Length: 4 } bytes)
            return null;

        var bits = (uint)(bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]);
        var length = System.Numerics.BitOperations.LeadingZeroCount(~bits);
        return length == 32 || bits << length == 0 ? length : null;
    }

    private static IPNetwork Network(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }
}
