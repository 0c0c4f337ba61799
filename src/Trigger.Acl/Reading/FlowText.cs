using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>A flow in a person's words, as check_access takes it: source, destination, protocol, port.</summary>
public static class FlowText
{
    /// <param name="source">any, an address or a prefix.</param>
    /// <param name="destination">Likewise.</param>
    /// <param name="protocol">A protocol by name or number; a port here means tcp. Null for any.</param>
    /// <param name="port">The destination port: a number, a name, ranges. Null for any.</param>
    /// <param name="mistake">Hears of every mistake: which part, and what is wrong with it, as the end of a sentence about it.</param>
    /// <returns>Null after a mistake.</returns>
    public static Match? Read(string source, string destination, string? protocol, string? port, Action<string, string> mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var wrong = false;
        var from = Address("source", source, Told);
        var to = Address("destination", destination, Told);
        var protocols = ByteSet.All;
        RangeSet? ports = null;
        if (protocol is not null and not ("any" or "ip"))
        {
            if (Names.Protocols.TryNumber(protocol, out var number) || (port is not null && int.TryParse(protocol, NumberStyles.None, null, out number) && number < 256))
                protocols = ByteSet.Of(number);
            else if (port is null && Ports(protocol) is { } alone)
                (protocols, ports) = (ByteSet.Of(6), alone);
            else
                Told("protocol", $"is '{protocol}'; expected a protocol such as tcp, or a port.");
        }

        if (port is not null and not "any")
        {
            ports = Ports(port);
            if (ports is null)
                Told("port", $"is '{port}'; expected 0 to 65535, a range such as 1-1023, or a name.");
            if (protocol is null or "any" or "ip")
                protocols = ByteSet.Of(6) | ByteSet.Of(17);
            if ((protocols & Names.WithPorts) != protocols)
                Told("port", $"is '{port}', and {protocol} has no ports.");
        }

        if (from is not null && to is not null && !from.IsAny && !to.IsAny && from[0].Family != to[0].Family)
            Told("destination", "is of another family than the source.");
        return wrong ? null : new Match { Protocols = protocols, Source = from!, Destination = to!, DestinationPorts = ports };

        void Told(string part, string sentence)
        {
            wrong = true;
            mistake(part, sentence);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static AddressSet? Address(string part, string text, Action<string, string> mistake)
    {
        if (text is "any")
            return AddressSet.Any;
        if (AddressText.TryPrefix(text, out var prefix))
            return new AddressSet(prefix);
        mistake(part, $"is '{text}'; expected any, an address or a prefix such as 10.0.0.0/8.");
        return null;
    }

    /// <summary>Ports by number, name and range, with commas between them; null when it is none.</summary>
    public static RangeSet? Ports(string text)
    {
        var parts = new List<(int, int)>();
        foreach (var word in text.Split(','))
        {
            var dash = word.IndexOf('-', StringComparison.Ordinal);
            if (One(word) is { } single)
                parts.Add((single, single));
            else if (dash > 0 && One(word[..dash]) is { } low && One(word[(dash + 1)..]) is { } high && low <= high)
                parts.Add((low, high));
            else
                return null;
        }

        return RangeSet.Of(parts);
    }

    private static int? One(string word) =>
        int.TryParse(word, NumberStyles.None, null, out var number) ? number < 65536 ? number : null : Names.Ports.TryNumber(word, out number) ? number : null;
}
