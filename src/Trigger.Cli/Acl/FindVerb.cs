using System.CommandLine;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Telling;
using Trigger.Acl.Values;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl find</c>, and <c>find_access</c>: which terms touch these networks.</summary>
internal sealed class FindVerb
{
    private readonly AclInput input = new();
    private readonly Argument<string[]> files = new("file") { Description = "Filters or whole configurations; of a folder, all files in it.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> source = new("--source-address", "-s") { Description = "Source networks, separated by commas.", HelpName = "NET,…" };
    private readonly Option<string?> destination = new("--destination-address", "-d") { Description = "Destination networks.", HelpName = "NET,…" };
    private readonly Option<string?> ports = new("--ports", "-p") { Description = "Destination ports: numbers, names, ranges.", HelpName = "PORT,…" };
    private readonly Option<bool> needsSource = new("--source-required", "-S") { Arity = ArgumentArity.Zero, Description = "Leave out terms that ask for no source." };
    private readonly Option<bool> needsDestination = new("--destination-required", "-D") { Arity = ArgumentArity.Zero, Description = "Leave out terms that ask for no destination." };

    public static Command Create(Dictionary<Command, string> examples, string name = "find")
    {
        var verb = new FindVerb();
        var find = new Command(name, "Finds the terms of many filters that touch networks and ports. Exit code 1 when there are none.") { verb.files, verb.source, verb.destination, verb.ports, verb.needsSource, verb.needsDestination };
        verb.input.AddTo(find);
        find.SetAction(line => verb.Act(line, old: name != "find"));
        examples.Add(find, $"{(name == "find" ? "trigger acl find" : name)} -s 172.16.1.0/24 -p 443 acl.*");
        return find;
    }

    private int Act(ParseResult line, bool old)
    {
        var mistakes = new Mistakes();
        var sources = Networks("-s", line.GetValue(source), mistakes);
        var destinations = Networks("-d", line.GetValue(destination), mistakes);
        var wanted = line.GetValue(ports) is { } text ? FlowArguments.Ports(text) : null;
        if (line.GetValue(ports) is not null && wanted is null)
            mistakes.Add($"-p is '{line.GetValue(ports)}'; expected ports such as 80,443,1024-2047.");
        if (sources.Count + destinations.Count == 0 && !mistakes.Any)
        {
            if (old)
            {
                Console.Error.WriteLine("ERROR: No source or destination networks defined. Try -h for help.");
                return ExitCode.BadInput;
            }

            mistakes.Add("no network is asked for; name one with -s or -d.");
        }

        if (mistakes.Any)
            return mistakes.Say(Console.Error);
        var search = new AccessSearch { Sources = sources, Destinations = destinations, Ports = wanted, NeedsSource = line.GetValue(needsSource), NeedsDestination = line.GetValue(needsDestination) };
        var any = false;
        foreach (var path in line.GetValue(files)!.SelectMany(AclInput.FilesOf))
        {
            foreach (var filter in input.All(line, path, mistakes))
                any |= Say(line, path, filter, search.In(filter));
        }

        return mistakes.Any ? mistakes.Say(Console.Error) : any || old ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private bool Say(ParseResult line, string path, Filter filter, IReadOnlyList<Term> terms)
    {
        if (terms.Count == 0)
            return false;
        if (!input.Json(line))
        {
            Console.WriteLine(path);
            Console.WriteLine(new string('=', 49));
            foreach (var term in terms)
                Console.Write(AccessSuggestion.Spell(filter, term, filter.Family == Family.Any ? Family.Inet : filter.Family));
            Console.WriteLine();
            return true;
        }

        foreach (var term in terms)
            AclText.Object(to => AclJson.Found(to, path, filter, term));

        return true;
    }

    private static List<AddressMatch> Networks(string option, string? text, Mistakes mistakes)
    {
        var found = new List<AddressMatch>();
        foreach (var word in text?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (AddressText.TryPrefix(word, out var prefix))
                found.Add(prefix);
            else
                mistakes.Add($"{option} has '{word}'; expected a network such as 10.0.0.0/8.");
        }

        return found;
    }
}
