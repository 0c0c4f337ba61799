using System.Text;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Cli.Terminal;
using Trigger.Wire.Dialogue;

namespace Trigger.Cli.Shell;

/// <summary>A person's session with a device that a cluster can reach: the node that may talk to it logs in with the cluster's credentials, and the bytes travel through the cluster.</summary>
internal sealed class ClusterCall(ClusterClient cluster, ShellManners manners)
{
    /// <summary>The device that as much of a name means; null, and a mistake, when it is none or several.</summary>
    public async Task<(string Name, string Vendor)?> Find(string text, Mistakes mistakes)
    {
        if (text.Length == 0 || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':')))
        {
            mistakes.Add($"'{text}' is no device's name.");
            return null;
        }

        var page = await cluster.Get($"api/devices?anyStatus=true&limit=41&on={Uri.EscapeDataString($"name~{text.Replace(".", "[.]", StringComparison.Ordinal)}")}").ConfigureAwait(false);
        var found = page.GetProperty("devices").EnumerateArray().Select(device => (Name: device.GetProperty("name").GetString()!, Vendor: device.GetProperty("vendor").GetString()!)).ToArray();
        if (found.FirstOrDefault(device => device.Name == text) is { Name: not null } exact)
            return exact;
        if (found is [var only])
            return only;

        mistakes.Add(found.Length == 0
            ? $"The cluster knows no device with '{text}' in its name."
            : $"'{text}' may be any of {page.GetProperty("total").GetInt32()} devices: {string.Join(", ", found.Take(40).Select(device => device.Name))}{(found.Length > 40 ? ", …" : "")}. Type more of the name.");
        return null;
    }

    /// <param name="manner">wait, take-over or watch.</param>
    public async Task<int> Make(string device, bool enable, string manner, IReadOnlyList<string> startUp, CancellationToken cancel)
    {
        var (columns, rows) = ShellDesk.Size;
        var socket = await cluster.Socket($"api/devices/{Uri.EscapeDataString(device)}/terminal?columns={columns}&rows={rows}&enable={(enable ? "true" : "false")}&manner={manner}", cancel).ConfigureAwait(false);
        ClusterLine? line = null;
        try
        {
            await using var dialogue = await LineDialogue.OpenAsync(person => line = new ClusterLine(socket, person, Console.Error.WriteLine), cancel: cancel).ConfigureAwait(false);
            if (dialogue.Greeting.Banner is { Length: > 0 } banner)
                Console.Error.WriteLine(banner.TrimEnd());

            var end = await ShellDesk.Talk(dialogue, manners, manner == "watch" ? Task.CompletedTask : StartUp(line!, startUp), endsLines: false, menu: null, cancel).ConfigureAwait(false);
            return end switch
            {
                ShellEnd.Escaped or ShellEnd.InputEnded => Over(null),
                ShellEnd.Interrupted when cancel.IsCancellationRequested => Over("a signal ended the session."),
                _ => Over(await line!.Ended.ConfigureAwait(false)),
            };
        }
        catch (LineOpenException)
        {
            return Over(await line!.Ended.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Over("a signal ended the session.");
        }
        finally
        {
            if (line is not null)
                await line.DisposeAsync().ConfigureAwait(false);
            else
                socket.Dispose();
        }

        int Over(string? fault)
        {
            if (fault is not null)
                Console.Error.WriteLine($"trigger: {device}: {fault}");
            ShellDesk.Say("BYE");
            return fault is null ? ExitCode.AllWell : ExitCode.SomeFailed;
        }
    }

    private static async Task StartUp(ClusterLine line, IReadOnlyList<string> commands)
    {
        if (!await line.Ready.ConfigureAwait(false))
            throw new OperationCanceledException();

        foreach (var command in commands)
            line.Write(Encoding.UTF8.GetBytes($"{command}\r"));
    }
}
