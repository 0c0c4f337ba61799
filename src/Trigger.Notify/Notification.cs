namespace Trigger.Notify;

/// <summary>What is told of a run's end; of a host key, see <see cref="OfHostKey"/>.</summary>
/// <param name="Run">Its id.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Selection">Which devices, as it was written.</param>
/// <param name="Devices">How many.</param>
/// <param name="Accepted">Steps, as are the next two.</param>
/// <param name="Look">Devices that somebody should look at, with the reason; the first of them, when they are many.</param>
public sealed record Notification(
    NotificationKind Kind, string Run, string By, string Selection, int Devices, int Accepted, int Refused, int Unknown, IReadOnlyList<(string Device, string Why)> Look, DateTimeOffset At)
{
    /// <summary>More devices than these are counted, not named.</summary>
    public const int MostNamed = 50;

    /// <summary>What the run came to, where that is more than its steps; null for those.</summary>
    public string? Subject { get; init; }

    /// <summary>One line: a mail's subject, a chat's first words.</summary>
    public string Title => Subject is not null ? $"trigger: {Subject}" : $"trigger: run {Run} {Word(Kind)}: {Devices} devices, {Accepted} steps accepted, {Refused} refused, {Unknown} in doubt";

    /// <summary>What webhooks call it: <c>run.failed</c>, <c>host-key.waits</c>.</summary>
    public string Event => Kind == NotificationKind.HostKey ? "host-key.waits" : $"run.{Word(Kind)}";

    /// <summary>Of an SSH host key that waits for a person.</summary>
    /// <param name="id">By which it is approved or rejected.</param>
    /// <param name="by">The node that it was shown to.</param>
    /// <param name="why">The whole story, in sentences.</param>
    public static Notification OfHostKey(string id, string host, string by, string why, DateTimeOffset at) =>
        new(NotificationKind.HostKey, id, by, host, 1, 0, 0, 0, [(host, why)], at) { Subject = $"the host key of {host} waits for approval" };

    /// <summary>"finished", "failed", "in-doubt", "host-key", as settings say it.</summary>
    public static string Word(NotificationKind kind) => kind switch
    {
        NotificationKind.Finished => "finished",
        NotificationKind.Failed => "failed",
        NotificationKind.HostKey => "host-key",
        _ => "in-doubt",
    };

    /// <summary>The whole of it for a person.</summary>
    public string Text()
    {
        if (Kind == NotificationKind.HostKey)
            return string.Join('\n', [Title, "", Look[0].Why, $"It was shown to {By}, {At:yyyy-MM-dd HH:mm:ss'Z'}. If nobody has changed the device, somebody may be in between: pbm host-key reject {Run}", ""]);
        var lines = new List<string> { Title, "", $"asked for by {By}, on '{Selection}', ended {At:yyyy-MM-dd HH:mm:ss'Z'}" };
        if (Look.Count > 0)
            lines.AddRange(["", "look at:", .. Look.Take(MostNamed).Select(one => $"  {one.Device}  {one.Why}")]);
        if (Look.Count > MostNamed)
            lines.Add($"  and {Look.Count - MostNamed} more");
        lines.AddRange(["", $"every answer: trigger job results {Run}", ""]);
        return string.Join('\n', lines);
    }
}
