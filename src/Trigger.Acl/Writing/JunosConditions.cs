using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>A match as the statements of a Junos <c>from</c>, in the order of the headers.</summary>
internal sealed class JunosConditions(Family family)
{
    private readonly List<JunosStatement> statements = [];

    /// <summary>Null when Junos cannot say it.</summary>
    public List<JunosStatement>? Of(Match match)
    {
        var rare = match.Rare ?? new RareMatch();
        Ranges("packet-length", rare.Length);
        if (!Fragments(rare))
            return null;
        Addresses("address", rare.EitherAddress);
        Addresses("source-address", match.Source);
        Addresses("destination-address", match.Destination);
        Protocols(match);
        if (rare.TcpFlags is { } flags)
        {
            if (FlagWords.JunosStatement(flags) is not { } words)
                return null;
            statements.Add(new JunosStatement(words, []));
        }

        Ranges("port", rare.EitherPorts);
        Ranges("source-port", match.SourcePorts);
        Ranges("destination-port", match.DestinationPorts);
        Bytes("icmp-code", rare.IcmpCodes);
        Bytes("icmp-type", rare.IcmpTypes);
        Bytes(family == Family.Inet6 ? "traffic-class" : "dscp", rare.Dscp);
        Bytes("precedence", rare.Precedence);
        Bytes(family == Family.Inet6 ? "hop-limit" : "ttl", rare.Ttl);
        return rare.TypeOfService is null && rare.Ecn is null ? statements : null;
    }

    private bool Fragments(RareMatch rare)
    {
        if (rare.IpFlags is { } bits)
        {
            if (bits != ByteSet.Where(value => (value & 1) != 0) || rare.FragmentOffset?.Equals(RangeSet.Of(0)) != true)
                return false;
            statements.Add(new JunosStatement("first-fragment", []));
        }
        else if (rare.FragmentOffset is { } offset && offset.Equals(RangeSet.Of(1, 8191)))
        {
            statements.Add(new JunosStatement("is-fragment", []));
        }
        else
        {
            Ranges("fragment-offset", rare.FragmentOffset);
        }

        return true;
    }

    private void Protocols(Match match)
    {
        var protocols = match.Protocols;
        if (protocols.IsAll)
            return;
        var key = family == Family.Inet6 ? "next-header" : "protocol";
        if (protocols.Count > 128)
            statements.Add(new JunosStatement(key + "-except", [.. (~protocols).Values().Select(Protocol)]));
        else
            statements.Add(new JunosStatement(key, [.. protocols.Values().Select(Protocol)]));
    }

    private static string Protocol(int number) => number switch
    {
        1 or 2 or 6 or 8 or 17 or 41 or 46 or 47 or 50 or 89 or 103 or 132 => Names.Protocols.Name(number)!,
        51 => "ah",
        58 => "icmp6",
        112 => "vrrp",
        _ => $"{number}",
    };

    private void Addresses(string key, AddressSet? set)
    {
        if (set is null || set.IsAny)
            return;
        var values = new List<string>();
        foreach (var item in set.Items.Where(item => item.Family == family || family == Family.Any))
        {
            var except = item.Except ? " except" : "";
            if (item.Wild != 0)
                values.Add($"{AddressText.Of(item.Family, item.Low)}/{AddressText.Of(item.Family, AddressMatch.Last(item.Family) & ~item.Wild)}{except}");
            else
                values.AddRange(AddressSet.Prefixes(item.Family, item.Low, item.High).Select(prefix => $"{AddressText.Of(prefix.Family, prefix.Low)}/{prefix.PrefixLength}{except}"));
        }

        if (values is not (["0.0.0.0/0"] or ["::/0"]))
            statements.Add(new JunosStatement(key, values, Braces: true));
    }

    private void Ranges(string key, RangeSet? set)
    {
        if (set is not null && !set.IsAll)
            statements.Add(new JunosStatement(key, [.. set.Runs.Select(run => run.Low == run.High ? $"{run.Low}" : $"{run.Low}-{run.High}")]));
        else if (set is not null && key is "port" or "source-port" or "destination-port")
            statements.Add(new JunosStatement(key, ["0-65535"]));
    }

    private void Bytes(string key, ByteSet? set)
    {
        if (set is { } values)
            statements.Add(new JunosStatement(key, [.. values.Runs().Select(run => run.Low == run.High ? $"{run.Low}" : $"{run.Low}-{run.High}")]));
    }
}
