namespace Trigger.Lab.Telnet;

/// <summary>Takes Telnet's own bytes (RFC 854) out of what a client sends. Whatever the client offers or asks is left unanswered, as many devices do.</summary>
internal sealed class TelnetFilter
{
    private const byte SubnegotiationEnd = 240;
    private const byte SubnegotiationBegin = 250;
    private const byte Will = 251;
    private const byte Iac = 255;

    private State state;

    private enum State
    {
        Data,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
    }

    /// <summary>Moves the data to the front of the buffer and returns how much there is.</summary>
    public int Strip(Span<byte> bytes)
    {
        var kept = 0;
        foreach (var one in bytes)
        {
            if (IsData(one))
                bytes[kept++] = one;
        }

        return kept;
    }

    private bool IsData(byte one)
    {
        switch (state)
        {
            case State.Data:
                if (one != Iac)
                    return true;
                state = State.Command;
                return false;
            case State.Command:
                state = one switch
                {
                    SubnegotiationBegin => State.Subnegotiation,
                    >= Will and < Iac => State.Option,
                    _ => State.Data,
                };
                return one == Iac; // A doubled IAC is a byte 255.
            case State.Option:
                state = State.Data;
                return false;
            case State.Subnegotiation:
                state = one == Iac ? State.SubnegotiationCommand : State.Subnegotiation;
                return false;
            default:
                state = one == SubnegotiationEnd ? State.Data : State.Subnegotiation;
                return false;
        }
    }
}
