using System.Text.Json;
using System.Text.RegularExpressions;
using Trigger.Backup;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Cli.Backup;

/// <summary>Puts each device's answers into the archive as they come, and tells what became of them.</summary>
internal sealed class BackupReport(bool json, ConfigArchive archive, Func<NetDevice, string> groupOf, bool withSecrets)
{
    private readonly Stream output = Console.OpenStandardOutput();
    private int masked;

    public int Failures { get; private set; }

    /// <summary>One line for the commit: what changed, of how many.</summary>
    public string Subject => $"{Count(ConfigChangeKind.Changed)} changed, {Count(ConfigChangeKind.New)} new of {archive.Changes.Count + Failures} devices{(Failures > 0 ? $"; {Failures} failed" : "")}";

    public void Ended(NetDevice device, ConfigBackup how, IReadOnlyList<StepOutcome> answers)
    {
        if (answers.FirstOrDefault(answer => answer.Verdict != StepVerdict.Accepted) is { } bad)
        {
            Failed(device.Name, bad.FaultKind ?? "unknown", bad.FaultText ?? "no outcome");
            return;
        }

        try
        {
            var (kept, why) = KeptConfig.Of(how, [.. answers.Select(answer => LogLines.Without(answer.Output, answer.Notes?.LogLines))], withSecrets);
            if (kept is null)
            {
                Failed(device.Name, "not_whole", $"{why}; what was kept before stays");
                return;
            }

            masked += kept.Masked;
            Told(archive.Put(groupOf(device), device.Name, kept), kept.Masked);
        }
        catch (Exception refusal) when (refusal is BackupException or RegexMatchTimeoutException or IOException or UnauthorizedAccessException)
        {
            Failed(device.Name, "not_kept", refusal.Message);
        }
    }

    public void Failed(string device, string kind, string text)
    {
        Failures++;
        if (json)
            Write(device, to => { to.WriteNull("change"); to.WriteStartObject("fault"); to.WriteString("kind", kind); to.WriteString("text", text); to.WriteEndObject(); });
        else
            Console.WriteLine($"! {device}  {kind}: {text}");
    }

    public void Close(string? commit)
    {
        Console.Error.WriteLine($"{archive.Changes.Count + Failures} devices: {Count(ConfigChangeKind.Changed)} changed, {Count(ConfigChangeKind.New)} new, {Count(ConfigChangeKind.Same)} the same, {Failures} failed; "
            + $"{masked} secrets masked; {(commit is null ? "nothing to commit" : $"commit {commit}")}");
    }

    private void Told(ConfigChange change, int hidden)
    {
        if (json)
        {
            Write(change.Device, to =>
            {
                to.WriteString("change", change.Kind.ToString().ToLowerInvariant());
                to.WriteString("path", change.Path);
                to.WriteNumber("added", change.Added);
                to.WriteNumber("removed", change.Removed);
                to.WriteNumber("masked", hidden);
            });
        }
        else if (change.Kind != ConfigChangeKind.Same)
        {
            Console.WriteLine(change.Kind == ConfigChangeKind.New ? $"+ {change.Path}  new, {change.Added} lines" : $"~ {change.Path}  +{change.Added} -{change.Removed}");
        }
    }

    private void Write(string device, Action<Utf8JsonWriter> rest)
    {
        using (var to = new Utf8JsonWriter(output))
        {
            to.WriteStartObject();
            to.WriteString("device", device);
            rest(to);
            to.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private int Count(ConfigChangeKind kind) => archive.Changes.Count(change => change.Kind == kind);
}
