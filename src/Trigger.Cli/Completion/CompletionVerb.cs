using System.CommandLine;
using Trigger.Cli.Shell;

namespace Trigger.Cli.Completion;

/// <summary><c>trigger completion</c>: what a shell reads once to know how to ask us.</summary>
internal static class CompletionVerb
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create(Dictionary<Command, string> examples)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish.", HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong(Shells);
        var completion = new Command("completion", "Prints what teaches a shell to complete verbs, options and the names of devices.") { shell };
        completion.SetAction(line => Console.Write(Script(line.GetValue(shell)!)));
        examples.Add(completion, "source <(trigger completion bash)                       # in ~/.bashrc\nsource <(trigger completion zsh)                        # in ~/.zshrc, after compinit\ntrigger completion fish > ~/.config/fish/completions/trigger.fish");
        return completion;
    }

    internal static string Script(string shell)
    {
        using var stream = typeof(CompletionVerb).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("@NAMES@", string.Join(' ', CalledAs.Names.Prepend("trigger")), StringComparison.Ordinal);
    }
}
