using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf;

/// <summary>Why a NETCONF session could not begin, ended, or did not do what was asked. What a server answers in an rpc-error is no fault; see <see cref="RpcErrorException"/>.</summary>
public abstract record NetconfFault
{
    /// <summary>The line under the session could not be opened, or broke.</summary>
    public sealed record Line(WireFault Fault) : NetconfFault
    {
        public override string ToString() => Fault.ToString();
    }

    /// <summary>The far end closed the session in order.</summary>
    /// <param name="During">What we were waiting for; empty when for nothing.</param>
    public sealed record Closed(string During) : NetconfFault
    {
        public override string ToString() => During.Length == 0 ? "The server closed the session." : $"The server closed the session during {During}.";
    }

    /// <summary>Nothing decisive came in time.</summary>
    public sealed record Overdue(string During, TimeSpan Waited) : NetconfFault
    {
        public override string ToString() => $"No answer to {During} came in {Waited.TotalSeconds:0.###} s.";
    }

    /// <summary>The framing of RFC 6242 is broken.</summary>
    public sealed record BadFraming(string Reason) : NetconfFault
    {
        public override string ToString() => $"The server broke the framing: {Reason}.";
    }

    /// <summary>A message is no well-formed XML, has a document type declaration, or is not what NETCONF sends.</summary>
    public sealed record BadMessage(string Reason) : NetconfFault
    {
        public override string ToString() => $"The server sent a message that cannot be read: {Reason}";
    }

    /// <summary>The hello breaks RFC 6241 §8.1: no session-id, no common :base, not a hello at all.</summary>
    public sealed record BadHello(string Reason) : NetconfFault
    {
        public override string ToString() => $"The server's hello is not valid: {Reason}.";
    }

    /// <summary>A reply came to no request of ours. Which request is now without an answer cannot be known, so the session ends.</summary>
    public sealed record UnknownMessageId(string MessageId) : NetconfFault
    {
        public override string ToString() => $"The server answered a request that we never made (message-id {MessageId}).";
    }

    /// <summary>A message is larger than we take in one piece. A reply can be streamed instead.</summary>
    public sealed record TooLarge(string What, long Limit) : NetconfFault
    {
        public override string ToString() => $"{What} is larger than {Limit} bytes. Raise the limit, ask for less, or read it as a stream.";
    }

    /// <summary>The server does not offer what the operation needs (RFC 6241 §8). Nothing was sent.</summary>
    public sealed record MissingCapability(string Operation, string Capability) : NetconfFault
    {
        public override string ToString() => $"{Operation} needs the capability {Capability}, which the server does not offer.";
    }

    /// <summary>The session was ended by us before the answer came, or before the request was made.</summary>
    public sealed record Ended(string During) : NetconfFault
    {
        public override string ToString() => During.Length == 0 ? "The session is over." : $"The session is over; {During} got no answer.";
    }

    /// <summary>More notifications came than were read; so many were thrown away. Told to the listeners for faults; the session goes on.</summary>
    public sealed record NotificationsLost(long Count) : NetconfFault
    {
        public override string ToString() => $"{Count} notifications were lost because nobody read them in time.";
    }

    /// <summary>The server told of an error in a reply without message-id, and nothing was asked. The session goes on.</summary>
    public sealed record StrayError(RpcError Error) : NetconfFault
    {
        public override string ToString() => $"The server reports an error that belongs to no request: {Error}";
    }

    private NetconfFault() { }
}
