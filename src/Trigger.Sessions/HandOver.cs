using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>
/// Between a line and its session, while a person waits to take the line over: the person hears everything, also the login; the session hears no more once the person has it. Like
/// the news of any line, it is all told on wire threads, in order.
/// </summary>
/// <param name="person">Hears the line as if it had been dialled by itself.</param>
/// <param name="raise">Whether the privilege is raised first, where the platform has one to raise.</param>
public sealed class HandOver(ILineObserver person, bool raise) : ILine
{
    private volatile ILine? line;
    private volatile bool taken;
    private volatile bool leaving;

    public bool Raise => raise;

    /// <summary>Whether the line has turned out to be Telnet although SSH was asked for.</summary>
    public bool OverTelnet { get; private set; }

    public ILineObserver Person => person;

    /// <summary>From here on the line is the person's.</summary>
    public void Take() => taken = true;

    /// <summary>Begins the call, and stands between the line and the session.</summary>
    public ILine Dial(DialLine dial, NetDevice device, Platform platform, ILineObserver session)
    {
        ArgumentNullException.ThrowIfNull(dial);
        Join(dial(device, platform, new Listener(this, session, person)));
        return line!;
    }

    /// <summary>The line that what the person does is done to.</summary>
    public void Join(ILine opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        line = opened;
        if (leaving)
            opened.Close();
    }

    /// <summary>What is written before the person has the line is dropped, because the login would take it for an answer.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (taken)
            line?.Write(bytes);
    }

    public void Authenticate(LineCredentials credentials)
    {
        // The session does that.
    }

    public void Pause() => line?.Pause();

    public void Resume() => line?.Resume();

    public void Resize(int columns, int rows) => line?.Resize(columns, rows);

    public void EndInput() => line?.EndInput();

    public void Close()
    {
        leaving = true;
        line?.Close();
    }

    public void Abort()
    {
        leaving = true;
        line?.Abort();
    }

    private sealed class Listener(HandOver door, ILineObserver session, ILineObserver person) : ILineObserver
    {
        // The session answers it. The person is not asked for credentials, which are the session's.
        public void Authenticating(LineGreeting greeting) => session.Authenticating(greeting);

        public void Opened(LineGreeting greeting)
        {
            door.OverTelnet = greeting.InsteadOfSsh;
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

        // Until the line is the person's the session knows better why it ended.
        public void Closed(WireFault? fault)
        {
            var (first, then) = door.taken ? (person, session) : (session, person);
            first.Closed(fault);
            then.Closed(fault);
        }
    }
}
