using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Wire;

namespace Trigger.Node.Clustering;

/// <summary>The person's end of a terminal whose line is another node's: what is done to it goes there as letters, through its <see cref="FarSession"/>.</summary>
internal sealed class FarLine(long talk, IActorRef session) : ILine
{
    /// <summary>A letter to be sent.</summary>
    internal sealed record Say(SessionLetter Letter) : IDeadLetterSuppression;

    /// <summary>Whether the screen has enough for now.</summary>
    internal sealed record Hold(bool Full) : IDeadLetterSuppression;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            Tell(new Say(new SessionLetter.Typed(talk, bytes.ToArray())));
    }

    public void Authenticate(LineCredentials credentials)
    {
        // The session does that, where the line is.
    }

    public void Pause() => Tell(new Hold(true));

    public void Resume() => Tell(new Hold(false));

    public void Resize(int columns, int rows) => Tell(new Say(new SessionLetter.Resized(talk, columns, rows)));

    public void Close() => Tell(new Say(new SessionLetter.Cancel(talk, "the person at the terminal")));

    public void Abort() => Close();

    private void Tell(object message) => session.Tell(message, ActorRefs.NoSender);
}
