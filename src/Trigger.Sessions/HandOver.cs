using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>
/// Between a line and its session, while a person waits to take the line over: the person hears everything, also the login; the session hears no more once the person has it. Like
/// the news of any line, it is all told on wire threads, in order.
/// </summary>
/// <param name="person">Hears the line as if it had been dialled by itself.</param>
/// <param name="raise">Whether the privilege is raised first, where the platform has one to raise.</param>
internal sealed class HandOver(ILineObserver person, bool raise)
{
    private volatile bool taken;

    public bool Raise => raise;

    /// <summary>From here on the line is the person's.</summary>
    public void Take() => taken = true;

    /// <summary>Stands between the line and the session.</summary>
    public ILineObserver Between(ILineObserver session) => new Listener(this, session, person);

    private sealed class Listener(HandOver door, ILineObserver session, ILineObserver person) : ILineObserver
    {
        // The session answers it. The person is not asked for credentials, which are the session's.
        public void Authenticating(LineGreeting greeting) => session.Authenticating(greeting);

        public void Opened(LineGreeting greeting)
        {
            person.Opened(greeting);
            session.Opened(greeting);
        }

        public void Received(ReadOnlyMemory<byte> bytes)
        {
            // Both only read it.
            person.Received(bytes);
            if (!door.taken)
                session.Received(bytes);
        }

        public void Exited(LineExit exit)
        {
            person.Exited(exit);
            session.Exited(exit);
        }

        public void Closed(WireFault? fault)
        {
            session.Closed(fault);
            person.Closed(fault);
        }
    }
}
