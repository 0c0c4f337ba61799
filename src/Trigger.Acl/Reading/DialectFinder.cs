using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>Tells a dialect from the words that only it uses.</summary>
internal static class DialectFinder
{
    // Saved configurations say what they are within their first lines; a bare list says it in its first line.
    private const int Lines = 20_000;

    public static Dialect Of(string text)
    {
        if (PanOsXml.Looks(text))
            return Dialect.PanOs;
        var (ios, nxos, eos) = (false, false, false);
        for (var lines = new CiscoLines(text, null); lines.Next() && lines.Number <= Lines;)
        {
            var raw = lines.Line;
            var words = new Words(raw);
            var first = words.Take();
            if (first.IsEmpty || first[0] is '!')
            {
                eos |= raw.Contains("EOS", StringComparison.Ordinal) && raw.Contains("device", StringComparison.Ordinal);
                continue;
            }

            var second = words.Take();
            if (Plain(first, second, raw) is { } sure)
                return sure;
            switch (first)
            {
                case "access-list":
                    if (words.Peek() is "extended" or "standard" or "line" || (second is not "" && words.Peek() is "remark" && !char.IsAsciiDigit(second[0])))
                        return Dialect.Asa;
                    ios = true;
                    break;
                case "ip" when second is "access-list":
                    var third = words.Take();
                    ios |= third is "extended";
                    nxos |= third is not ("extended" or "standard" or "resequence" or "logging" or "log-update");
                    break;
                case "ip" when second is "rebind-acl" or "rebind-receive-acl":
                    return Dialect.Brocade;
                case "seq" when second.Length > 0 && char.IsAsciiDigit(second[0]):
                    return Dialect.Dell;
                case "counters" when second is "per-entry":
                    eos = true;
                    break;
                case "statistics" when second is "per-entry":
                    nxos = true;
                    break;
            }
        }

        return eos ? Dialect.Eos : nxos && !ios ? Dialect.NxOs : Dialect.Ios;
    }

    private static Dialect? Plain(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> line) => first switch
    {
        "firewall" or "policy-options" when second is "{" => Dialect.Junos,
        "filter" or "term" when line.Contains('{') => Dialect.Junos,
        "set" or "deactivate" when second is "firewall" or "policy-options" or "groups" => Dialect.Junos,
        "set" when second is "policy" or "address" or "service" => line.Contains("security rules", StringComparison.Ordinal) || line.Contains("ip-netmask", StringComparison.Ordinal) ? Dialect.PanOs : Dialect.ScreenOs,
        "set" when second is "rulebase" or "pre-rulebase" or "post-rulebase" or "address-group" or "service-group" or "device-group" or "shared" => Dialect.PanOs,
        "set" when line.Contains("rulebase security rules", StringComparison.Ordinal) => Dialect.PanOs,
        "ipv4" when second is "access-list" => Dialect.IosXr,
        "system" or "groups" or "interfaces" or "protocols" or "version" or "inactive:" or "/*" or "##" when line.Contains('{') => Dialect.Junos,
        "inactive:" => Dialect.Junos,
        _ => null,
    };
}
