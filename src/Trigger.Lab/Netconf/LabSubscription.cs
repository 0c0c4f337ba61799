using System.Globalization;
using System.Xml.Linq;
using Trigger.Wire.Netconf;

namespace Trigger.Lab.Netconf;

/// <summary>A session's subscription (RFC 5277), with replay and an end. Called with the device locked.</summary>
internal sealed class LabSubscription(LabNetconfDevice device, LabNetconfSession session) : IDisposable
{
    private ITimer? stopping;
    private DateTimeOffset? replayFrom;
    private bool wanted;

    internal bool IsOn { get; private set; }

    internal void Create(XElement request)
    {
        if (wanted)
            throw new LabRpcError("operation-failed", "The session has a subscription already.", "protocol");

        var stream = Child(request, "stream") ?? "NETCONF";
        if (stream != "NETCONF")
            throw new LabRpcError("invalid-value", $"There is no stream {stream}.", "protocol");

        var (start, stop) = (Time(request, "startTime"), Time(request, "stopTime"));
        if (stop is not null && start is null)
            throw LabRpcError.Missing("startTime");

        if (start > device.Time.GetUtcNow())
            throw LabRpcError.Bad("startTime", "The start lies in the future.");

        if (stop < start)
            throw LabRpcError.Bad("stopTime", "The stop lies before the start.");

        (wanted, replayFrom) = (true, start);
        if (stop is { } end)
            stopping = device.Time.CreateTimer(_ => Stop(), null, end > device.Time.GetUtcNow() ? end - device.Time.GetUtcNow() : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>After the ok has gone out: what was kept, and from then on what happens.</summary>
    internal void Begin()
    {
        if (!wanted || IsOn)
            return;

        IsOn = true;
        if (replayFrom is not { } from)
            return;

        foreach (var (time, happened) in device.Events.Where(kept => kept.Time >= from))
            session.Tell(time, happened);

        session.Tell(device.Time.GetUtcNow(), new XElement(NetconfNames.Streams + "replayComplete"));
    }

    public void Dispose()
    {
        IsOn = false;
        stopping?.Dispose();
    }

    private static string? Child(XElement request, string name) => request.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();

    private static DateTimeOffset? Time(XElement request, string name)
    {
        if (Child(request, name) is not { } text)
            return null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw LabRpcError.Bad(name, $"'{text}' is no time.");
    }

    private void Stop()
    {
        lock (device.Gate)
        {
            if (!IsOn)
                return;

            session.Tell(device.Time.GetUtcNow(), new XElement(NetconfNames.Streams + "notificationComplete"));
            (IsOn, wanted) = (false, false);
        }
    }
}
