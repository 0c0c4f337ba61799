using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;

namespace Trigger.Sessions.Detection;

/// <summary>
/// Finds out what a device is: by its SSH identification, the text of its login, its prompt, and then by asking, with commands that only read on every platform whose prompt
/// it may be. Logs in once with one credential, never raises the privilege, never configures. A refused login is not tried again.
/// </summary>
public sealed class PlatformDetector(DialLine dial, PlatformCatalog catalog, TimeProvider time)
{
    /// <param name="device">Only its address, protocol and own passwords count.</param>
    /// <param name="credentials">Who to be.</param>
    /// <param name="patience">For the whole of it.</param>
    public async Task<DetectionReport> Detect(NetDevice device, Credentials credentials, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, patience, Timeout.InfiniteTimeSpan);
        var visit = new DetectionVisit(dial, catalog, time, device, credentials, limit.Token);
        try
        {
            await visit.Run();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            visit.Fault ??= new DeviceFault.TimedOut("finding out what it is", patience, visit.Heard);
        }
        finally
        {
            visit.Leave();
        }

        var guesses = visit.Notes.Guesses();
        return new DetectionReport(guesses, DetectionNotes.Judge(guesses), visit.Sent, visit.Notes.Prompt, visit.Fault);
    }
}
