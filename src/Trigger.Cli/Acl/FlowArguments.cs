using System.CommandLine;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
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

    public Match? Read(ParseResult line, Mistakes mistakes) => FlowText.Read(
        line.GetValue(source)!, line.GetValue(destination)!, line.GetValue(protocol), line.GetValue(port), (part, sentence) => mistakes.Add($"{part.ToUpperInvariant()} {sentence}"));

    public static AddressSet? Address(string what, string text, Mistakes mistakes) => FlowText.Address(what, text, (part, sentence) => mistakes.Add($"{part} {sentence}"));

    public static RangeSet? Ports(string text) => FlowText.Ports(text);
}
