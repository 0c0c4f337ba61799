using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;

namespace Trigger.Cli.Cluster;

/// <summary><c>pbm</c>: the console of a running cluster, one command or a conversation, in Petabridge.Cmd's manner.</summary>
internal static class PbmVerb
{
    private const string Usual = "127.0.0.1:9110";

    public static Command Create(Dictionary<Command, string> examples)
    {
        var words = new Argument<string[]>("words") { Description = "A node's address, and a command; without a command, a prompt for many.", Arity = ArgumentArity.ZeroOrMore, HelpName = "[HOST:PORT] [COMMAND …]" };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var token = new Option<string?>("--token-file") { Description = "A file with the token. Default: $TRIGGER_TOKEN, else the setting cluster.token-file.", HelpName = "FILE" };
        var pbm = new Command("pbm", "The console of a running cluster: pbm [HOST:PORT] [PALETTE COMMAND …]; 'help' lists the commands.") { words, json, token };
        pbm.TreatUnmatchedTokensAsErrors = false;
        pbm.SetAction((line, cancel) => Act([.. line.GetValue(words) ?? [], .. line.UnmatchedTokens], line.GetValue(json), line.GetValue(token), cancel));
        examples.Add(pbm, "pbm 127.0.0.1:9110 cluster show\npbm actor hierarchy -d 3\necho 'job list' | pbm https://node1:9110 --json");
        return pbm;
    }

    // In a script the answer is its next line.
    private static Secret? Answer(string question) =>
        Console.IsInputRedirected ? Console.In.ReadLine() is { Length: > 0 } given ? new Secret(given) : null : SecretPrompt.AskTwice(question, "Again: ");

    private static async Task<int> Act(string[] words, bool json, string? tokenFile, CancellationToken cancel)
    {
        var named = words is [var first, ..] && (first.Contains(':', StringComparison.Ordinal) || first.Contains('.', StringComparison.Ordinal));
        var mistakes = new Mistakes();
        using var cluster = ClusterOptions.Open(named ? words[0] : Configured.Settings.Text("cluster.url") ?? Usual, tokenFile, mistakes);
        if (cluster is null)
            return mistakes.Say(Console.Error);

        var shell = new PbmShell(cluster, json, Console.Out, Console.Error, Answer);
        var command = named ? words[1..] : words;
        try
        {
            if (command.Length > 0)
                return await shell.Run(command, cancel);

            return Console.IsInputRedirected ? await shell.Script(Console.In, cancel) : await shell.Talk(new LineEditor(), cancel);
        }
        catch (ClusterProblemException problem)
        {
            Console.Error.WriteLine($"pbm: {problem.Message}");
            return ExitCode.BadInput;
        }
    }
}
