using System.CommandLine;
using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices.Acls;
using Trigger.Node.Acls;

namespace Trigger.Cli.Device;

/// <summary>The half of Trigger's tool <c>acl</c> that is about ACLs waiting to be loaded.</summary>
internal sealed class AclQueueOptions
{
    private const string Suffix = " ESCALATION";

    private readonly Option<bool> inject = new("--inject", "-i") { Arity = ArgumentArity.Zero, Description = "Queue ACLs for all devices that have them; what no device has goes into the manual queue. 'NAME ESCALATION' is for those who load what must not wait." };
    private readonly Option<bool> clear = new("--clear", "-c") { Arity = ArgumentArity.Zero, Description = "Take ACLs out of the queues." };
    private readonly Option<bool> list = new("--list", "-l") { Arity = ArgumentArity.Zero, Description = "List what waits to be loaded." };
    private readonly Option<bool> manual = new("--listmanual", "-m") { Arity = ArgumentArity.Zero, Description = "List what waits to be loaded by hand." };
    private readonly Option<bool> staged = new("--staged", "-s") { Arity = ArgumentArity.Zero, Description = "List the files that are staged for devices (file-server.root)." };
    private readonly Option<bool> escalation = new("--escalation", "-e") { Arity = ArgumentArity.Zero, Description = "With -i and -l: escalations." };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { inject, clear, list, manual, staged, escalation })
            command.Add(option);
    }

    /// <summary>How many of the actions were asked for.</summary>
    public int Given(ParseResult line) => new[] { inject, clear, list, manual, staged }.Count(line.GetValue);

    public bool NeedsDevices(ParseResult line) => line.GetValue(inject);

    public int Inject(ParseResult line, string state, AclAssociations associations, string[] words, bool quiet, Mistakes mistakes)
    {
        var wanted = Names(words, mistakes).Select(name => Split(name, line.GetValue(escalation))).ToList();
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        using var queue = AclQueue.Open(state);
        foreach (var (acl, escalates) in wanted)
        {
            if (associations.ByAcl.TryGetValue(acl, out var devices))
            {
                queue.Add([.. devices.Select(device => (device.Name, acl))], Environment.UserName, escalates);
                Say(quiet, $"ACL {acl} injected into integrated load queue for {string.Join(", ", devices.Select(device => device.ShortName))}");
            }
            else
            {
                queue.AddManual(acl, Environment.UserName);
                Say(quiet, $"\"{acl}\" injected into manual load queue");
            }
        }

        return ExitCode.AllWell;
    }

    public int Show(ParseResult line, string state, string[] words, bool quiet, Mistakes mistakes)
    {
        if (line.GetValue(clear))
            return Clear(state, words, quiet, mistakes);
        if (words.Length > 0)
            mistakes.Add($"A list is of everything; '{words[0]}' is one word too many.");
        if (line.GetValue(staged) && Configured.Settings.Text("file-server.root") is null)
            mistakes.Add("Nothing says where files are staged: set file-server.root.");
        if (mistakes.Any)
            return mistakes.Say(Console.Error);
        return line.GetValue(staged) ? Staged() : line.GetValue(manual) ? Manual(state) : List(state, line.GetValue(escalation));
    }

    private static int Clear(string state, string[] words, bool quiet, Mistakes mistakes)
    {
        var names = Names(words, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        var code = ExitCode.AllWell;
        using var queue = AclQueue.Open(state);
        foreach (var name in names)
        {
            if (queue.Clear(Split(name, false).Acl) is { Count: > 0 } devices)
            {
                Say(quiet, $"ACL {Split(name, false).Acl} cleared from integrated load queue for {string.Join(", ", devices.Select(device => device.Split('.')[0]))}");
            }
            else if (queue.ClearManual(name))
            {
                Say(quiet, $"'{name}' cleared from manual load queue");
            }
            else
            {
                Console.Error.WriteLine($"'{name}' not found in any queues");
                code = ExitCode.SomeFailed;
            }
        }

        return code;
    }

    private static int List(string state, bool escalations)
    {
        using var queue = AclQueue.Open(state);
        queue.Reckon();
        var waiting = queue.Waiting().Where(entry => !escalations || entry.Escalation).ToList();
        foreach (var device in waiting.GroupBy(entry => entry.Device, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal))
            Console.WriteLine(AclToolVerb.Wrapped(device.Key, [.. device.Select(entry => entry.Acl + (entry.Escalation ? Suffix : "")).Distinct().Order(StringComparer.Ordinal)], Console.IsOutputRedirected ? 80 : Math.Max(60, Console.WindowWidth)));
        if (waiting.Count == 0)
            Console.WriteLine("Nothing in the integrated queue.");
        foreach (var load in queue.UnderWay())
            Console.Error.WriteLine($"trigger: run {load.Run} is loading {load.Acl} on {load.Device}, or was interrupted: trigger job show {load.Run}");
        foreach (var load in queue.Doubtful())
            Console.Error.WriteLine($"trigger: in doubt: whether run {load.Run} loaded {load.Acl} on {load.Device}: trigger job results {load.Run}");
        return ExitCode.AllWell;
    }

    private static int Manual(string state)
    {
        using var queue = AclQueue.Open(state);
        var waiting = queue.Manual();
        foreach (var entry in waiting)
            Console.WriteLine($"{entry.What}\n\tadded by {entry.By} on {entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");
        if (waiting.Count == 0)
            Console.WriteLine("Nothing in the manual queue.");
        return ExitCode.AllWell;
    }

    private static int Staged()
    {
        var root = Configured.Settings.Text("file-server.root")!;
        var files = Directory.Exists(root) ? Directory.EnumerateFiles(root).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal).ToList() : [];
        foreach (var file in files)
            Console.WriteLine(file);
        if (files.Count == 0)
            Console.WriteLine("Nothing is staged.");
        return ExitCode.AllWell;
    }

    // The manual queue takes any words; a device's ACL has a name.
    private static string[] Names(string[] words, Mistakes mistakes)
    {
        if (words.Length == 0)
            mistakes.Add("Give some ACLs.");
        mistakes.Add(words.Where(word => word.Trim().Length is 0 or > 256 || word.Any(char.IsControl)).Select(word => $"'{word}' can be no entry of a queue: it must have 1 to 256 characters, none of them a control character."));
        return words;
    }

    private static (string Acl, bool Escalation) Split(string name, bool escalates) =>
        name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? (name[..^Suffix.Length].TrimEnd(), true) : (name, escalates);

    private static void Say(bool quiet, string text)
    {
        if (!quiet)
            Console.WriteLine(text);
    }
}
