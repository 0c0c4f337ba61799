using System.Xml.Linq;

namespace Trigger.Lab.Netconf;

/// <summary>The confirmed commit of a device (RFC 6241 §8.4), if one is under way. Called with the device locked.</summary>
internal sealed class LabTrial(LabNetconfDevice device) : IDisposable
{
    private ITimer? timer;
    private XElement? before;
    private uint owner;
    private string? token;

    internal bool IsOn => before is not null;

    internal void Begin(XElement running, TimeSpan timeout, string? persist, uint session)
    {
        before ??= new XElement(running);
        (owner, token) = (session, persist ?? token);
        timer?.Dispose();
        timer = device.Time.CreateTimer(_ => Expire(), null, timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Throws unless the session, or the token it shows, may decide about the trial.</summary>
    internal void MayDecide(uint session, string? shown)
    {
        if (shown is not null && (!IsOn || shown != token))
            throw new LabRpcError("invalid-value", "There is no commit with that persist-id.", "protocol");

        if (IsOn && shown is null && (token is not null || owner != session))
            throw new LabRpcError("operation-failed", "Another session's commit waits for its confirmation.");
    }

    internal void Confirm()
    {
        timer?.Dispose();
        (timer, before, token) = (null, null, null);
    }

    internal void TakeBack()
    {
        if (before is { } old)
        {
            device.Put("running", old);
            device.Put("candidate", old);
        }

        Confirm();
    }

    internal void SessionLost(uint session)
    {
        if (IsOn && token is null && owner == session)
            TakeBack();
    }

    public void Dispose() => timer?.Dispose();

    private void Expire()
    {
        lock (device.Gate)
        {
            if (IsOn)
                TakeBack();
        }
    }
}
