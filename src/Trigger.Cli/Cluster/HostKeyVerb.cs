using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Cluster;

/// <summary><c>trigger host-key</c>: the SSH host keys of a cluster, and those that wait for somebody's approval.</summary>
internal static class HostKeyVerb
{
    private const long LongestFile = 1024 * 1024;

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new Command("host-key", "Lists, shows, approves, rejects, forgets and imports the SSH host keys of a cluster.")
        {
            Act("list", "SSH host keys of the cluster.", named: false), Act("show", "What is known of a host.", named: true),
            Act("approve", "Trusts the key that waits, in the place of the one before.", named: true), Act("reject", "Trusts a key never, or no more.", named: true),
            Act("forget", "Forgets a host; the next key that it shows is its first.", named: true), Import(),
        };
        examples.Add(verb, "trigger host-key list --cluster node1 --state waiting\ntrigger host-key approve core-1 --cluster node1\ntrigger host-key import ~/.ssh/known_hosts --cluster node1");
        return verb;
    }

    private static Command Act(string word, string description, bool named)
    {
        var cluster = new ClusterOptions();
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "An object a line." };
        var state = new Option<string?>("--state") { Description = "Only those: trusted, waiting, rejected or replaced.", HelpName = "STATE" };
        var key = new Argument<string>("key") { Description = "A key's id, a host as known_hosts names it, or a device.", HelpName = "KEY" };
        var command = new Command(word, description) { json };
        if (named)
            command.Add(key);
        else
            command.Add(state);
        cluster.AddTo(command);
        command.SetAction(async (line, cancel) =>
        {
            var mistakes = new Mistakes();
            using var at = cluster.Open(line, mistakes);
            if (mistakes.Any || at is null)
                return mistakes.Say(Console.Error);

            string[] words = named ? ["host-key", word, line.GetValue(key)!] : line.GetValue(state) is { } only ? ["host-key", word, "--state", only] : ["host-key", word];
            return await new PbmShell(at, line.GetValue(json), Console.Out, Console.Error, _ => null).Run(words, cancel);
        });
        return command;
    }

    private static Command Import()
    {
        var cluster = new ClusterOptions();
        var file = new Argument<FileInfo>("file") { Description = "In OpenSSH's known_hosts format.", HelpName = "FILE" };
        var import = new Command("import", "Takes keys from a known_hosts file; hashed names and patterns count for the devices that they match.") { file };
        cluster.AddTo(import);
        import.SetAction(async (line, _) =>
        {
            var mistakes = new Mistakes();
            using var at = cluster.Open(line, mistakes);
            var text = Read(line.GetValue(file)!, mistakes);
            if (mistakes.Any || at is null)
                return mistakes.Say(Console.Error);

            try
            {
                var answer = (await at.Post("api/host-keys", new { knownHosts = text }))!.Value;
                Console.WriteLine($"{answer.GetProperty("imported")} keys imported, {answer.GetProperty("skipped")} lines skipped that stand for no device.");
                foreach (var mistake in answer.GetProperty("mistakes").EnumerateArray())
                    Console.Error.WriteLine($"trigger: {mistake.GetString()}");
                return answer.GetProperty("mistakes").GetArrayLength() == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
            }
            catch (ClusterProblemException problem)
            {
                Console.Error.WriteLine($"trigger: {problem.Message}");
                return ExitCode.BadInput;
            }
        });
        return import;
    }

    private static string Read(FileInfo file, Mistakes mistakes)
    {
        try
        {
            if (file.Length <= LongestFile)
                return File.ReadAllText(file.FullName);
            mistakes.Add($"{file} is {file.Length} bytes long; at most {LongestFile} are taken at a time.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{file} cannot be read: {unreadable.Message}");
        }

        return "";
    }
}
