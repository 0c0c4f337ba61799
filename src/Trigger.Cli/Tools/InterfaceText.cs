using System.Globalization;
using System.Text;
using Trigger.Jobs.Interfaces;

namespace Trigger.Cli.Tools;

/// <summary>Interfaces as <c>gnng</c> shows them.</summary>
internal static class InterfaceText
{
    private const int LongestDescription = 50;

    private static readonly string[] Heading = ["Interface", "Addresses", "Subnets", "ACLs IN", "ACLs OUT", "Description"];

    public static string Table(string device, IEnumerable<InterfaceInfo> interfaces) =>
        $"DEVICE: {device}\n{TextTable.Of(Heading, [.. interfaces.Select(info => (IReadOnlyList<string>)Cells(info, "\n", LongestDescription))])}";

    /// <summary>One line an interface; several values of a field are separated by semicolons.</summary>
    public static IEnumerable<string> Csv(string device, IEnumerable<InterfaceInfo> interfaces) =>
        interfaces.Select(info => string.Join(',', Cells(info, ";", int.MaxValue).Prepend(device).Select(Quoted)));

    /// <summary>Who shares a network with whom, for Graphviz; null when nobody does.</summary>
    public static string? Dotty(IReadOnlyDictionary<string, IReadOnlyList<InterfaceInfo>> config)
    {
        var links = config
            .SelectMany(pair => pair.Value.SelectMany(info => info.Subnets.Where(subnet => !IsHost(subnet) && !IsOfEverybody(subnet))).Distinct().Select(subnet => (Subnet: subnet, Device: pair.Key)))
            .GroupBy(pair => pair.Subnet)
            .SelectMany(group => Pairs([.. group.Select(pair => pair.Device).Order(StringComparer.Ordinal)]))
            .Distinct().OrderBy(pair => pair.One, StringComparer.Ordinal).ThenBy(pair => pair.Other, StringComparer.Ordinal).ToList();
        if (links.Count == 0)
            return null;

        var text = new StringBuilder("graph network {\n");
        foreach (var (one, other) in links)
            text.Append(CultureInfo.InvariantCulture, $"    \"{Short(one, config)}\"--\"{Short(other, config)}\"\n");
        return text.Append("}\n").ToString();
    }

    private static string[] Cells(InterfaceInfo info, string separator, int longest) =>
    [
        info.Name, string.Join(separator, info.Addresses), string.Join(separator, info.Subnets), string.Join(separator, info.AclsIn), string.Join(separator, info.AclsOut),
        info.Description.Length > longest ? info.Description[..longest] : info.Description,
    ];

    private static bool IsHost(System.Net.IPNetwork subnet) => subnet.PrefixLength == subnet.BaseAddress.GetAddressBytes().Length * 8;

    // Everybody has these, and nobody reaches anybody by them: the loopback, and link-local addresses.
    private static bool IsOfEverybody(System.Net.IPNetwork subnet) =>
        System.Net.IPAddress.IsLoopback(subnet.BaseAddress) || subnet.BaseAddress.IsIPv6LinkLocal || (subnet.BaseAddress.GetAddressBytes() is [127, ..] or [169, 254, ..]);

    private static IEnumerable<(string One, string Other)> Pairs(IReadOnlyList<string> devices) =>
        devices.SelectMany((one, index) => devices.Skip(index + 1).Select(other => (one, other)));

    // Two devices of one short name would become one node.
    private static string Short(string device, IReadOnlyDictionary<string, IReadOnlyList<InterfaceInfo>> config)
    {
        var first = Part(device);
        return (config.Keys.Count(name => Part(name) == first) == 1 ? first : device).Replace("\"", "", StringComparison.Ordinal);
    }

    private static string Part(string name) => System.Net.IPAddress.TryParse(name, out _) || name.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot) ? name : name[..dot];

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
