using System.CommandLine;
using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary>acl_script's options: which files, what access, and where in them.</summary>
internal sealed class ScriptOptions
{
    private readonly Option<string[]> files = new("--acl", "-a") { Description = "A file to change; may be repeated.", HelpName = "FILE" };
    private readonly Option<bool> noChanges = new("--no-changes", "-n") { Arity = ArgumentArity.Zero, Description = "Show what would change, and change nothing." };
    private readonly Option<bool> showMods = new("--show-mods") { Arity = ArgumentArity.Zero, Description = "Show each value that is added or removed." };
    private readonly Option<bool> noWorklog = new("--no-worklog") { Arity = ArgumentArity.Zero, Description = "Add nothing to the worklog, workdocs/workdoc.YYYYMMDD beside the file." };
    private readonly Option<bool> noInput = new("--no-input", "-N") { Arity = ArgumentArity.Zero, Description = "Ask nothing, for scripts." };
    private readonly Option<string[]> sources = new("--source-address", "-s") { Description = "A source; may be repeated.", HelpName = "ADDRESS" };
    private readonly Option<string[]> destinations = new("--destination-address", "-d") { Description = "A destination; may be repeated.", HelpName = "ADDRESS" };
    private readonly Option<string[]> sourceFiles = new("--source-address-from-file") { Description = "A file with a source on each line.", HelpName = "FILE" };
    private readonly Option<string[]> destinationFiles = new("--destination-address-from-file") { Description = "A file with a destination on each line.", HelpName = "FILE" };
    private readonly Option<string[]> protocols = new("--protocol") { Description = "A protocol; may be repeated.", HelpName = "PROTOCOL" };
    private readonly Option<string[]> sourcePorts = new("--source-port", "-p") { Description = "A source port; may be repeated.", HelpName = "PORT" };
    private readonly Option<string[]> destinationPorts = new("--destination-port", "-P") { Description = "A destination port; may be repeated.", HelpName = "PORT" };
    private readonly Option<string[]> sourceRanges = Pair("--source-port-range", null, "The first and the last source port.", "LOW HIGH");
    private readonly Option<string[]> destinationRanges = Pair("--destination-port-range", null, "The first and the last destination port.", "LOW HIGH");
    private readonly Option<string[]> terms = new("--modify-specific-term", "-t") { Description = "The Junos term to change; may be repeated.", HelpName = "TERM" };
    private readonly Option<string[]> between = Pair("--modify-between-comments", "-c", "The comments between which lines of a list of Cisco's kind are changed.", "BEGIN END");
    private readonly Option<string?> comment = new("--comment", "-C") { Description = "A comment for what is added.", HelpName = "TEXT" };
    private readonly Option<bool> insert = new("--insert-defined") { Arity = ArgumentArity.Zero, Description = "Add, and never remove (the default): values to the term, or lines for what is not permitted yet." };
    private readonly Option<bool> replace = new("--replace-defined") { Arity = ArgumentArity.Zero, Description = "Put what is named in the place of what is there." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { files, noChanges, showMods, noWorklog, noInput, sources, destinations, sourceFiles, destinationFiles, protocols, sourcePorts, sourceRanges, destinationPorts, destinationRanges, terms, between, comment, insert, replace })
            command.Add(option);
    }

    public ScriptRequest? Read(ParseResult line, Mistakes mistakes)
    {
        var protocol = ByteSet.Empty;
        foreach (var word in line.GetValue(protocols) ?? [])
        {
            if (Names.Protocols.TryNumber(word, out var number) || (int.TryParse(word, NumberStyles.None, null, out number) && number < 256))
                protocol |= ByteSet.Of(number);
            else
                mistakes.Add($"--protocol is '{word}'; expected a protocol such as tcp.");
        }

        var match = new Match
        {
            Source = Addresses("-s", line.GetValue(sources), line.GetValue(sourceFiles), mistakes),
            Destination = Addresses("-d", line.GetValue(destinations), line.GetValue(destinationFiles), mistakes),
            Protocols = protocol.IsEmpty ? ByteSet.All : protocol,
            SourcePorts = Ports("source", line.GetValue(sourcePorts), line.GetValue(sourceRanges), mistakes),
            DestinationPorts = Ports("destination", line.GetValue(destinationPorts), line.GetValue(destinationRanges), mistakes),
        };
        var pairs = line.GetValue(between) ?? [];
        if (pairs.Length % 2 > 0)
            mistakes.Add("-c takes two comments, BEGIN and END.");
        if (line.GetValue(files) is not { Length: > 0 } named)
            mistakes.Add("name the file to change with -a FILE.");
        else if (!mistakes.Any)
            return new ScriptRequest(named, match, line.GetValue(terms) ?? [], [.. pairs.Chunk(2).Select(pair => (pair[0], pair[1]))], line.GetValue(comment), line.GetValue(replace) && !line.GetValue(insert), line.GetValue(noChanges), line.GetValue(showMods), !line.GetValue(noWorklog), !line.GetValue(noInput));
        return null;
    }

    private static Option<string[]> Pair(string name, string? shorter, string description, string words)
    {
        var option = shorter is null ? new Option<string[]>(name) : new Option<string[]>(name, shorter);
        option.Description = description;
        option.HelpName = words;
        option.Arity = new ArgumentArity(2, 200);
        option.AllowMultipleArgumentsPerToken = true;
        return option;
    }

    private static AddressSet Addresses(string option, string[]? named, string[]? listed, Mistakes mistakes)
    {
        var words = (named ?? []).ToList();
        foreach (var path in listed ?? [])
            words.AddRange(AclInput.Text(path, mistakes)?.Split('\n').Select(word => word.Trim()).Where(word => word.Length > 0 && word[0] != '#') ?? []);
        var found = new List<AddressMatch>();
        foreach (var word in words)
        {
            if (AddressText.TryPrefix(word, out var prefix))
                found.Add(prefix);
            else
                mistakes.Add($"{option} is '{word}'; expected an address or a prefix such as 10.0.0.0/8.");
        }

        return found.Count == 0 ? AddressSet.Any : new AddressSet([.. found.Distinct()]);
    }

    private static RangeSet? Ports(string side, string[]? single, string[]? pairs, Mistakes mistakes)
    {
        var words = (single ?? []).Concat((pairs ?? []).Chunk(2).Select(pair => string.Join('-', pair))).ToList();
        if (words.Count == 0)
            return null;
        var ports = FlowArguments.Ports(string.Join(',', words));
        if (ports is null)
            mistakes.Add($"a {side} port is '{string.Join(',', words)}'; expected 0 to 65535, or a range with the lower end first.");
        return ports;
    }
}
