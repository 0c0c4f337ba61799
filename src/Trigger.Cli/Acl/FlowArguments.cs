using System.CommandLine;
using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary>A flow on the command line, as check_access takes it: <c>SOURCE DESTINATION [PROTOCOL [PORT]]</c>.</summary>
internal sealed class FlowArguments
{
    private readonly Argument<string> source = new("source") { Description = "any, an address or a prefix.", HelpName = "SOURCE" };
    private readonly Argument<string> destination = new("destination") { Description = "any, an address or a prefix.", HelpName = "DESTINATION" };
    private readonly Argument<string?> protocol = new("protocol") { Description = "A protocol; a port here means tcp.", HelpName = "PROTOCOL", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> port = new("port") { Description = "The destination port, by number, name or range (1-1023).", HelpName = "PORT", Arity = ArgumentArity.ZeroOrOne };

    public void AddTo(Command command)
    {
        command.Add(source);
        command.Add(destination);
        command.Add(protocol);
        command.Add(port);
    }

    public Match? Read(ParseResult line, Mistakes mistakes)
    {
        var from = Address("SOURCE", line.GetValue(source)!, mistakes);
        var to = Address("DESTINATION", line.GetValue(destination)!, mistakes);
        var protocols = ByteSet.All;
        RangeSet? ports = null;
        var (word, second) = (line.GetValue(protocol), line.GetValue(port));
        if (word is not null and not ("any" or "ip"))
        {
            if (Names.Protocols.TryNumber(word, out var number) || (second is not null && int.TryParse(word, NumberStyles.None, null, out number) && number < 256))
                protocols = ByteSet.Of(number);
            else if (second is null && Ports(word) is { } alone)
                (protocols, ports) = (ByteSet.Of(6), alone);
            else
                mistakes.Add($"PROTOCOL is '{word}'; expected a protocol such as tcp, or a port.");
        }

        if (second is not null and not "any")
        {
            ports = Ports(second);
            if (ports is null)
                mistakes.Add($"PORT is '{second}'; expected 0 to 65535, a range such as 1-1023, or a name.");
            if (word is "any" or "ip")
                protocols = ByteSet.Of(6) | ByteSet.Of(17);
            if ((protocols & Names.WithPorts) != protocols)
                mistakes.Add($"{word} has no ports.");
        }

        if (from is not null && to is not null && !from.IsAny && !to.IsAny && from[0].Family != to[0].Family)
            mistakes.Add("SOURCE and DESTINATION are of different families.");
        return mistakes.Any ? null : new Match { Protocols = protocols, Source = from!, Destination = to!, DestinationPorts = ports };
    }

    public static AddressSet? Address(string what, string text, Mistakes mistakes)
    {
        if (text is "any")
            return AddressSet.Any;
        if (AddressText.TryPrefix(text, out var prefix))
            return new AddressSet(prefix);
        mistakes.Add($"{what} is '{text}'; expected any, an address or a prefix such as 10.0.0.0/8.");
        return null;
    }

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
