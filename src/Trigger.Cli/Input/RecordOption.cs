using System.CommandLine;
using Trigger.Cli.Cluster;
using Trigger.Devices.Credentials;
using Trigger.Sessions;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Input;

/// <summary><c>--record</c>.</summary>
internal sealed class RecordOption
{
    private readonly Option<string?> folder = new("--record")
    {
        Description = "Write what each session receives and sends to DIR/DEVICE.N.dialogue, with its timing; 'trigger lab --replay' plays it. Passwords that Trigger types are left out, what devices print is not.",
        HelpName = "DIR",
    };

    public void AddTo(Command command) => command.Add(folder);

    /// <summary>For what nodes do without a run.</summary>
    public void NotElsewhere(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(folder) is not null)
            mistakes.Add("--record is for runs where a cluster does them; a broadcast's sessions are recorded only from this machine.");
    }

    /// <summary>What a cluster is to record; null when nothing is.</summary>
    /// <param name="later">Whether the run is for another time, when nobody waits for it.</param>
    public ClusterRecordings? Elsewhere(ParseResult line, bool later, Mistakes mistakes)
    {
        if (line.GetValue(folder) is not { } directory)
            return null;

        if (later)
            mistakes.Add("--record fetches what was recorded when the run is over, and a schedule's runs are over when nobody waits; leave one of them out.");
        return mistakes.Any || Folder(directory, mistakes) is not { } opened ? null : new ClusterRecordings(opened, directory);
    }

    /// <summary>The recorder; null when nothing is to be recorded.</summary>
    /// <param name="who">Whose passwords are left out; null in a dry run, which records nothing.</param>
    public SessionRecorder? Open(ParseResult line, CredentialBook? who, SessionLanguage language, bool hidesSecrets, Mistakes mistakes)
    {
        if (line.GetValue(folder) is not { } directory || who is null)
            return null;

        if (language == SessionLanguage.Netconf)
            mistakes.Add("--record is for command lines; a NETCONF session is not recorded.");
        if (hidesSecrets)
            mistakes.Add("--record writes down what devices print as they print it, with the passwords that --hide-secrets would mask; use one of them.");
        if (mistakes.Any)
            return null;

        return Folder(directory, mistakes) is { } opened ? new SessionRecorder(opened, device => who.For(device), TimeProvider.System, Console.Error.WriteLine) : null;
    }

    private static RecordingFolder? Folder(string directory, Mistakes mistakes)
    {
        try
        {
            return new RecordingFolder(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--record {directory}: {failure.Message}");
            return null;
        }
    }
}
