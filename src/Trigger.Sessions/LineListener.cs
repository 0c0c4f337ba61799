using Trigger.Kernel.Actor;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>
/// Carries a line's news into its session's mailbox, and holds the device back while the session has more unread bytes than it should:
/// a mailbox is memory like any other.
/// </summary>
internal sealed class LineListener(IActorRef session, int call) : ILineObserver
{
    private const int High = 1024 * 1024;
    private const int Low = High / 4;

    private ILine? line;
    private int unread;
    private int paused;

    public void Attach(ILine opened) => line = opened;

    public void Authenticating(LineGreeting greeting) => session.Tell(new LineNews.Authenticating(call, greeting), ActorRefs.NoSender);

    public void Opened(LineGreeting greeting) => session.Tell(new LineNews.Opened(call, greeting), ActorRefs.NoSender);

    public void Received(ReadOnlyMemory<byte> bytes)
    {
        if (Interlocked.Add(ref unread, bytes.Length) > High && Interlocked.Exchange(ref paused, 1) == 0)
            line?.Pause();

        session.Tell(new LineNews.Received(call, bytes), ActorRefs.NoSender);
    }

    public void Closed(WireFault? fault) => session.Tell(new LineNews.Closed(call, fault), ActorRefs.NoSender);

    /// <summary>The session has taken these bytes.</summary>
    public void Taken(int count)
    {
        if (Interlocked.Add(ref unread, -count) < Low && paused == 1 && Interlocked.Exchange(ref paused, 0) == 1)
            line?.Resume();
    }
}
