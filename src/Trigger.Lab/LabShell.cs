using System.Globalization;
using Trigger.Devices.Platforms;

namespace Trigger.Lab;

/// <summary>The command line behind a conversation: its mode, its prompt, and what it answers.</summary>
internal sealed class LabShell
{
    private const int LongestConfig = 1000;

    private readonly LabDevice device;
    private readonly Platform platform;
    private readonly TimeProvider time;
    private readonly List<string> accepted = [];
    private readonly PlatformMode work;
    private readonly LabChange? change;
    private PlatformMode mode;
    private string hostName;
    private bool showsStatus;
    private int status;

    public LabShell(LabDevice device, Platform platform, TimeProvider time)
    {
        this.device = device;
        this.platform = platform;
        this.time = time;
        hostName = device.Name;
        change = device.Configuration is { } kept && platform.Change is { } how ? new LabChange(how, kept, platform.Configure is { Save: [var save, ..] } ? save : "", time) : null;
        work = platform.Modes.First(candidate => candidate.Name == platform.WorkMode);
        // A device that wants a password to go on starts at the bottom.
        mode = platform.Enable is not null && platform.Samples.EnablePassword.Length > 0 ? platform.Modes[0] : work;
    }

    /// <summary>Whether long answers are paged; until the client switches it off.</summary>
    public bool Pages { get; private set; } = true;

    private bool Configuring => platform.Configure is { Enter.Length: > 0 } && mode == platform.Modes[^1] && mode != work;

    public string Prompt() => showsStatus ? platform.Samples.StatusPrompt.Replace("%s", status.ToString(), StringComparison.Ordinal) : Filled(mode.Shown);

    public string Filled(string sample, string command = "") => sample
        .Replace("%h", hostName, StringComparison.Ordinal)
        .Replace("%u", device.User, StringComparison.Ordinal)
        .Replace("%c", command, StringComparison.Ordinal);

    public void Raise() => mode = work;

    public bool AsksToEnable(string command) => mode != work && !Configuring && command == platform.Enable?.Send;

    public bool AsksToLeave(string command) => !Configuring && command.Length > 0 && (platform.Samples.Exit.Contains(command) || command == platform.OnClose);

    /// <summary>Not part of preparing or leaving a session: the commands that faults are about.</summary>
    public bool IsOrdinary(string command) => command.Length > 0 && !platform.OnOpen.Contains(command) && command != platform.Samples.PagingOff;

    /// <summary>The answer, each line ended by CR LF; empty for a command that succeeds in silence.</summary>
    public string Answer(string command)
    {
        if (command.Length == 0)
            return "";
        var answer = device.Has(LabFaults.ErrorToEveryCommand) && IsOrdinary(command) ? null : Known(command);
        status = answer is null ? 127 : 0;
        if (answer is null)
            return Filled(platform.Samples.Error, command.Split(' ')[0]) + "\r\n";
        return platform.Samples.AnswerEnd.Length > 0 ? $"{answer}{platform.Samples.AnswerEnd}\r\n" : answer;
    }

    private string? Known(string command)
    {
        if (change is not null && (Configuring || mode == work) && Changed(command, out var known) is var said && known)
            return said;
        if (Configuring)
            return Configured(command);
        if (command == platform.Samples.PagingOff)
            Pages = false;
        if (command == platform.Samples.PagingOff || platform.OnOpen.Contains(command))
        {
            showsStatus = platform.Samples.StatusPrompt.Length > 0;
            return "";
        }

        if (mode == work && platform.Configure is { Enter.Length: > 0 } configure && command == configure.Enter && platform.Modes[^1] != work)
        {
            mode = platform.Modes[^1];
            return "";
        }

        if (mode == work && platform.Configure?.Save.Contains(command) == true)
            return "Building configuration...\r\n[OK]\r\n";
        return Shown(command);
    }

    private string? Changed(string command, out bool known)
    {
        var inside = platform.Change!.ReadInside;
        if (Configuring && inside.Length > 0 && command.StartsWith(inside, StringComparison.Ordinal))
        {
            known = true;
            return Shown(command[inside.Length..]);
        }

        var said = change!.Answer(command, out known);
        mode = change.Inside ? platform.Modes[^1] : work;
        return said;
    }

    private string? Configured(string command)
    {
        if (command == platform.Configure!.Leave || platform.Samples.Exit.Contains(command) || command == "end")
        {
            mode = work;
            return "";
        }

        if (command.StartsWith("do ", StringComparison.Ordinal))
            return Shown(command[3..]);
        if (platform.Configure.Commit.Contains(command))
            return "commit complete\r\n";
        if (command.StartsWith("hostname ", StringComparison.Ordinal))
            hostName = command["hostname ".Length..].Trim();
        if (accepted.Count < LongestConfig)
            accepted.Add(command);
        return "";
    }

    private string? Shown(string command)
    {
        var parts = command.Split('|', StringSplitOptions.TrimEntries);
        var words = string.Join(' ', parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var samples = platform.Samples;
        var text = words switch
        {
            "" => null,
            _ when words == samples.ShowVersion || words == platform.Signs.Command => LabAnswers.Version(device, platform),
            _ when words == samples.ShowClock => LabAnswers.Clock(time),
            _ when words == samples.ShowConfig => LabAnswers.Config(hostName, device, change?.Lines ?? accepted),
            _ when platform.Interfaces is { } source && source.Commands.Contains(command) => LabAnswers.Interfaces(device, source, command),
            _ when words == samples.ShowInventory => LabAnswers.Inventory(device, platform),
            _ when words.StartsWith("show lines ", StringComparison.Ordinal) => Lines(words["show lines ".Length..]),
            _ => null,
        };
        if (platform.Interfaces?.Commands.Contains(command) == true)
            return text; // Its filters are part of the question.
        foreach (var filter in parts.Skip(1))
            text = text is null ? null : Filtered(text, filter);
        return text;
    }

    private static string? Lines(string count) =>
        int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines <= 100_000 ? LabAnswers.Lines(lines) : null;

    private static string? Filtered(string text, string filter)
    {
        var words = filter.Split(' ', 2);
        bool? keeps = words[0] switch
        {
            "i" or "inc" or "include" or "match" or "grep" => true,
            "exc" or "exclude" or "except" => false,
            _ => null,
        };
        if (words[0] is "no-more")
            return text;
        if (keeps is null || words.Length < 2)
            return null;
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(words[1], StringComparison.Ordinal) == keeps);
        return string.Concat(lines.Select(line => line + "\r\n"));
    }
}
