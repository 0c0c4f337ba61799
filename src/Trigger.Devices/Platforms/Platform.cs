using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>
/// Everything that a session must know of an operating system's command line, read from HOCON. A vendor is data: no code asks for a platform's id.
/// All patterns match against text from which control sequences have been removed. A user's own patterns are non-backtracking where they can be; the built-in ones are
/// proved on hostile text instead, because they start a hundred times faster. They give up with <see cref="RegexMatchTimeoutException"/> after five seconds, as do those with lookarounds.
/// </summary>
public sealed record Platform
{
    /// <summary>Netmiko's name where it has one: <c>cisco_ios</c>, <c>juniper_junos</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>For people: "Cisco IOS".</summary>
    public required string Title { get; init; }

    /// <summary>Trigger's vendor word.</summary>
    public required string Vendor { get; init; }

    /// <summary>Used when the inventory does not say.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The modes of the command line, by how deep they are: user before privileged before configuration.</summary>
    public required IReadOnlyList<PlatformMode> Modes { get; init; }

    /// <summary>Name of the mode in which commands run; reached by <see cref="Enable"/> when the login lands below it.</summary>
    public required string WorkMode { get; init; }

    public required LoginDialogue Login { get; init; }

    /// <summary>How to get from the login's mode to <see cref="WorkMode"/>; null when there is nothing to raise.</summary>
    public EnableDialogue? Enable { get; init; }

    /// <summary>How to change the configuration and keep it; null when the definition does not say.</summary>
    public ConfigDialogue? Configure { get; init; }

    /// <summary>How it takes a filter that is staged as a file; null when nobody has written it down.</summary>
    public AclLoading? LoadAcl { get; init; }

    /// <summary>How a change is looked at first, tried, verified and taken back; null when nobody has written it down.</summary>
    public ChangeDialogue? Change { get; init; }

    /// <summary>How its configuration is taken off it and kept.</summary>
    public required ConfigBackup Backup { get; init; }

    /// <summary>How its interfaces are told; null when nobody has written it down.</summary>
    public InterfaceSource? Interfaces { get; init; }

    /// <summary>By what it is recognised when the inventory does not say.</summary>
    public PlatformSigns Signs { get; init; } = new();

    /// <summary>What surprises about it, for people, each with its source.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Appended to the user name at login: some devices take their terminal's manners from there. Usually empty.</summary>
    public string UserNameSuffix { get; init; } = "";

    /// <summary>Sent one by one after login (and enable): paging off, width. An error line in answer to one of them is noted, not fatal.</summary>
    public IReadOnlyList<string> OnOpen { get; init; } = [];

    /// <summary>Sent to leave; the device then drops the line. Empty to just hang up.</summary>
    public string OnClose { get; init; } = "";

    /// <summary>A pager's question at the end of what arrived, or null when the platform never pages.</summary>
    public Regex? Pager { get; init; }

    /// <summary>What makes the pager go on: a blank, usually.</summary>
    public string PagerAnswer { get; init; } = " ";

    /// <summary>Lines that mean that the command was not accepted. Matched line by line against the answer.</summary>
    public IReadOnlyList<Regex> Failures { get; init; } = [];

    /// <summary>Lines that the device's own log prints into whatever is on the terminal. Matched line by line.</summary>
    public IReadOnlyList<Regex> LogLines { get; init; } = [];

    /// <summary>Commands whose answer is the log itself, so that its lines are the answer; null for none.</summary>
    public Regex? LogCommands { get; init; }

    /// <summary>What takes a question back: ^C, usually. Empty where no key does.</summary>
    public string AbortKey { get; init; } = "";

    /// <summary>
    /// A prompt group named <c>status</c> whose value, when not this text, means that the command failed (a shell's <c>$?</c>); null when prompts carry no status.
    /// </summary>
    public string? StatusOk { get; init; }

    /// <summary>Questions in the middle of a command, and what to answer when the caller's next line is not itself an answer.</summary>
    public IReadOnlyList<Question> Confirmations { get; init; } = [];

    /// <summary>Commands that change nothing and may be sent again. Every other command is sent at most once.</summary>
    public required Regex Reads { get; init; }

    /// <summary>Ends a line on an SSH shell and on Telnet.</summary>
    public required string LineEnd { get; init; }

    /// <inheritdoc cref="LineEnd"/>
    public required string TelnetLineEnd { get; init; }

    /// <summary>Whether SSH must ask for a terminal.</summary>
    public bool Terminal { get; init; } = true;

    /// <summary>Whether the device repeats what is typed.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>Whether SHA-1, ssh-rsa and CBC may be used with it.</summary>
    public bool LegacySsh { get; init; }

    /// <summary>Whether a device that refuses SSH connections, or cannot be reached on that port, may be called by Telnet. No built-in platform says so.</summary>
    public bool TelnetFallback { get; init; }

    public required PlatformLimits Limits { get; init; }

    /// <summary>What a device of the platform prints: the proof of the patterns above, and the voice of the Lab's devices.</summary>
    public required PlatformSamples Samples { get; init; }

    /// <summary>True when the command is known to change nothing on a device of this platform.</summary>
    public bool MayRepeat(string command) => Reads.IsMatch(command.Trim());

    /// <summary>True when a probe meant for another platform may be typed here: it reads, or it is refused without being acted on.</summary>
    public bool ToleratesProbe(string command) => MayRepeat(command) || Signs.Harmless?.IsMatch(command) == true;

    /// <summary>Whether the device's own log prints such lines.</summary>
    public bool IsLogLine(ReadOnlySpan<char> line)
    {
        for (var i = 0; i < LogLines.Count; i++)
        {
            if (LogLines[i].IsMatch(line))
                return true;
        }

        return false;
    }

    public override string ToString() => Id;
}
