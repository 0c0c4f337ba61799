using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Engine;
using Trigger.Wire.Netconf.Framing;

namespace Trigger.Lab.Netconf;

/// <summary>The server's side of one session, whatever carries it. Called by one thread at a time; what it sends leaves through the two delegates.</summary>
internal sealed class LabNetconfSession : IDisposable
{
    private const int LargestMessage = 64 * 1024 * 1024;

    private readonly LabNetconfDevice device;
    private readonly Action<ReadOnlyMemory<byte>> send;
    private readonly Action hangUp;
    private readonly LabOperations operations;
    private IFrameReader frames = new EndOfMessageReader();
    private MessageBytes message = new();
    private bool greeted;
    private bool chunked;
    private bool over;

    internal LabNetconfSession(LabNetconfDevice device, string userName, Action<ReadOnlyMemory<byte>> send, Action hangUp)
    {
        this.device = device;
        this.send = send;
        this.hangUp = hangUp;
        UserName = userName;
        Id = device.Admit(this);
        Subscription = new LabSubscription(device, this);
        operations = new LabOperations(device, this);
    }

    internal uint Id { get; }

    internal string UserName { get; }

    internal LabSubscription Subscription { get; }

    internal void Begin()
    {
        var ns = NetconfNames.Base;
        Send(new XElement(
            ns + "hello",
            new XElement(ns + "capabilities", device.Capabilities.Select(uri => new XElement(ns + "capability", uri))),
            new XElement(ns + "session-id", Id)));
    }

    internal void Receive(ReadOnlySpan<byte> bytes)
    {
        ReadOnlyMemory<byte> input = bytes.ToArray();
        try
        {
            while (!over && frames.TryRead(ref input, out var piece))
                Take(piece);
        }
        catch (NetconfException)
        {
            Fail(new LabRpcError("malformed-message", "The framing is broken.", "rpc"));
        }
    }

    /// <summary>Sends an event to a session that wants it; called with the device locked.</summary>
    internal void Notify(DateTimeOffset time, XElement happened)
    {
        if (Subscription.IsOn)
            Tell(time, happened);
    }

    internal void Tell(DateTimeOffset time, XElement happened)
    {
        var ns = NetconfNames.Notification;
        Send(new XElement(ns + "notification", new XElement(ns + "eventTime", XmlConvert.ToString(time)), happened));
    }

    /// <summary>Ends the session from here: told to, or killed.</summary>
    internal void End()
    {
        if (over)
            return;

        over = true;
        hangUp();
    }

    public void Dispose()
    {
        over = true;
        Subscription.Dispose();
        device.Leave(Id);
    }

    private void Take(FramePiece piece)
    {
        message.Add(message.Length == 0 ? piece.Payload[(piece.Payload.Length - piece.Payload.Span.TrimStart(" \t\r\n"u8).Length)..] : piece.Payload);
        if (message.Length > LargestMessage)
        {
            End();
            return;
        }

        if (!piece.EndsMessage)
            return;

        var whole = message;
        message = new MessageBytes();
        try
        {
            using var reader = SafeXml.Reader(whole.Open());
            Handle(XElement.Load(reader));
        }
        catch (XmlException e)
        {
            Fail(new LabRpcError("malformed-message", e.Message, "rpc"));
        }
    }

    private void Handle(XElement root)
    {
        if (!greeted)
        {
            Greet(root);
            return;
        }

        var reply = new XElement(NetconfNames.Base + "rpc-reply", root.Attributes());
        lock (device.Gate)
        {
            try
            {
                if (root.Name.LocalName != "rpc")
                    throw new LabRpcError("unknown-element", $"<{root.Name.LocalName}> is no request.", "rpc");

                if (root.Attribute("message-id") is null)
                    throw new LabRpcError("missing-attribute", "The request has no message-id.", "rpc", info: [new XElement(NetconfNames.Base + "bad-attribute", "message-id"), new XElement(NetconfNames.Base + "bad-element", "rpc")]);

                reply.Add(operations.Run(root));
            }
            catch (LabRpcError error)
            {
                reply.Add(error.ToXml());
            }

            Send(reply);
            operations.Afterwards();
        }
    }

    private void Greet(XElement hello)
    {
        greeted = true;
        var theirs = hello.Descendants().Where(element => element.Name.LocalName == "capability").Select(element => element.Value.Trim()).ToList();
        chunked = device.Chunks && theirs.Contains("urn:ietf:params:netconf:base:1.1");
        if (hello.Name.LocalName != "hello" || (!chunked && !theirs.Contains("urn:ietf:params:netconf:base:1.0")))
            End();
        else if (chunked)
            frames = new ChunkReader();
    }

    private void Fail(LabRpcError error)
    {
        if (greeted && chunked)
            Send(new XElement(NetconfNames.Base + "rpc-reply", error.ToXml()));

        End();
    }

    private void Send(XElement content)
    {
        if (over)
            return;

        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content.ToString(SaveOptions.DisableFormatting);
        var framed = new ArrayBufferWriter<byte>(text.Length + 32);
        FrameWriter.Write(framed, chunked, Encoding.UTF8.GetBytes(text));
        send(framed.WrittenMemory);
    }
}
