using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Node.Clustering;

/// <summary>A line that is reset instead of written to once this node may not talk to the device any more, by its own clock.</summary>
internal sealed class GatedLine(ILine line, Func<bool> mayTalk) : ILine
{
    /// <summary>Puts the gate before every line.</summary>
    public static DialLine Before(DialLine dial, Func<NetDevice, bool> mayTalk) => (NetDevice device, Platform platform, ILineObserver listener) =>
        new GatedLine(dial(device, platform, listener), () => mayTalk(device));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (mayTalk())
            line.Write(bytes);
        else
            line.Abort();
    }

    public void Authenticate(LineCredentials credentials)
    {
        if (mayTalk())
            line.Authenticate(credentials);
        else
            line.Abort();
    }

    public void Pause() => line.Pause();

    public void Resume() => line.Resume();

    public void Resize(int columns, int rows) => line.Resize(columns, rows);

    public void EndInput() => line.EndInput();

    public void Close() => line.Close();

    public void Abort() => line.Abort();
}
