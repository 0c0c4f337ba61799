using System.CommandLine;
using System.Runtime.InteropServices;
using Trigger.Cli.Input;

namespace Trigger.Cli.Files;

/// <summary><c>trigger serve-files</c>: the built-in file server, until it is told to stop.</summary>
internal static class ServeFilesVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new Command("serve-files", "Serves files to devices as the settings (file-server.…) say, until ^C.");
        verb.SetAction((_, stop) => Act(stop));
        examples.Add(verb, "TRIGGER_SETTING__file_server__root=/srv/staging TRIGGER_SETTING__file_server__tftp=127.0.0.1:6969 trigger serve-files");
        return verb;
    }

    private static async Task<int> Act(CancellationToken stop)
    {
        var mistakes = new Mistakes();
        await using var service = FileService.Read(mistakes);
        if (service is null)
            return mistakes.Say(Console.Error);

        var ended = new TaskCompletionSource();
        using var onStop = stop.Register(() => ended.TrySetResult());
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            ended.TrySetResult();
        });
        if (service.Start(news => Console.WriteLine(FileService.Line(news))) is { } why)
        {
            mistakes.Add(why);
            return mistakes.Say(Console.Error);
        }

        Console.Error.WriteLine($"trigger: serving files at {string.Join(", ", service.Places)}");
        await ended.Task;
        return ExitCode.AllWell;
    }
}
