using System.Text;
using System.Text.Json;
using Trigger.Devices;

namespace Trigger.Cli.Cluster;

/// <summary>Carries out console commands on a node: one, a script of them, or what a person types.</summary>
/// <param name="secret">Answers a question that is about a secret; null when nobody does.</param>
internal sealed class PbmShell(ClusterClient cluster, bool json, TextWriter output, TextWriter errors, Func<string, Secret?> secret)
{
    private IReadOnlyList<PbmCommand>? known;

    /// <summary>One command; its exit code.</summary>
    public async Task<int> Run(IReadOnlyList<string> words, CancellationToken cancel)
    {
        if (words is ["help", ..])
            return await Help(words.Count > 1 ? words[1] : null);

        return await Run(new { words, json }, words, cancel);
    }

    private async Task<int> Run(object order, IReadOnlyList<string> words, CancellationToken cancel)
    {
        await foreach (var line in cluster.Lines("api/console", order, cancel))
        {
            if (line.TryGetProperty("ask", out var questions))
                return await Answer([.. questions.EnumerateArray().Select(question => question.GetString()!)], words, cancel);
            if (line.TryGetProperty("text", out var text))
                await output.WriteLineAsync(text.GetString());
            if (line.TryGetProperty("data", out var data))
                await output.WriteLineAsync(JsonSerializer.Serialize(data));
            if (line.TryGetProperty("error", out var error))
                await errors.WriteLineAsync($"pbm: {error.GetString()}");
            if (line.TryGetProperty("exit", out var exit))
                return exit.GetInt32();
        }

        await errors.WriteLineAsync("pbm: the node hung up before it had answered.");
        return ExitCode.SomeFailed;
    }

    // Secrets are never words of a command: those are in histories and lists of processes.
    private async Task<int> Answer(IReadOnlyList<string> questions, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var secrets = new List<Secret>();
        try
        {
            foreach (var question in questions)
            {
                if (secret(question) is not { } typed)
                {
                    await errors.WriteLineAsync($"pbm: '{question.Trim(' ', ':')}' is needed: typed at a terminal, or as a line of standard input.");
                    return ExitCode.BadInput;
                }

                secrets.Add(typed);
            }

            return await Run(new { words, json, secrets = secrets.Select(one => Encoding.UTF8.GetString(one.Utf8)) }, words, cancel);
        }
        finally
        {
            foreach (var one in secrets)
                one.Dispose();
        }
    }

    /// <summary>Every line of a script, to its end; the exit code is the worst.</summary>
    public async Task<int> Script(TextReader script, CancellationToken cancel)
    {
        var worst = ExitCode.AllWell;
        while (await script.ReadLineAsync(cancel) is { } line)
        {
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
                worst = Math.Max(worst, await Run(ShellWords.Split(text), cancel));
        }

        return worst;
    }

    /// <summary>A prompt, until the person leaves.</summary>
    public async Task<int> Talk(LineEditor editor, CancellationToken cancel)
    {
        known = await Commands();
        await output.WriteLineAsync($"{cluster.Address}: {known.Count} commands; 'help' lists them, Tab completes, 'exit' leaves.");
        while (editor.Read($"[{cluster.Address.Authority}] pbm> ", Complete) is { } line)
        {
            if (line.Trim() is not { Length: > 0 } text)
                continue;
            if (text is "exit" or "quit")
                break;

            await Typed(text, cancel);
        }

        return ExitCode.AllWell;
    }

    // A command's answer may go to a file, as in Petabridge.Cmd: actor hierarchy > tree.txt
    private async Task Typed(string text, CancellationToken cancel)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ConsoleCancelEventHandler onInterrupt = (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += onInterrupt;
        try
        {
            var words = ShellWords.Split(text);
            if (words is [.. var command, ">", var file])
            {
                await using var to = new StreamWriter(file);
                await new PbmShell(cluster, json, to, errors, secret).Run(command, interrupted.Token);
            }
            else
            {
                await Run(words, interrupted.Token);
            }
        }
        catch (Exception told) when (told is ClusterProblemException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"pbm: {told.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await output.WriteLineAsync();
        }
        finally
        {
            Console.CancelKeyPress -= onInterrupt;
        }
    }

    private async Task<int> Help(string? palette)
    {
        var found = (known ??= await Commands()).Where(command => palette is null || command.Palette == palette).ToArray();
        foreach (var command in found)
            await output.WriteLineAsync($"  {command.Palette} {command.Name} {command.Arguments}".TrimEnd().PadRight(46) + $" {command.Description}");
        if (found.Length > 0)
            return ExitCode.AllWell;

        await errors.WriteLineAsync($"pbm: there is no palette '{palette}'.");
        return ExitCode.BadInput;
    }

    /// <summary>What the last word of a line may become.</summary>
    private IEnumerable<string> Complete(string line)
    {
        var words = line.Split(' ');
        return words.Length switch
        {
            1 => known!.Select(command => command.Palette).Append("help").Append("exit").Distinct().Where(word => word.StartsWith(words[0], StringComparison.Ordinal)),
            2 when words[0] == "help" => known!.Select(command => command.Palette).Distinct().Where(word => word.StartsWith(words[1], StringComparison.Ordinal)),
            2 => known!.Where(command => command.Palette == words[0] && command.Name.StartsWith(words[1], StringComparison.Ordinal)).Select(command => command.Name),
            _ => [],
        };
    }

    private async Task<IReadOnlyList<PbmCommand>> Commands() =>
        JsonSerializer.Deserialize<List<PbmCommand>>(await cluster.Get("api/console"), JsonSerializerOptions.Web)!;

    private sealed record PbmCommand(string Palette, string Name, string Arguments, string Description);
}
