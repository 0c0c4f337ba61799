using System.Buffers;
using System.Buffers.Text;
using System.Security;
using System.Text;
using Trigger.Wire.Netconf.Framing;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>A request in its <c>rpc</c> element and its frame, in one piece: requests of many threads must not mingle.</summary>
internal static class RpcEnvelope
{
    private const int Overhead = 256;

    internal static ArrayBufferWriter<byte> Write(ulong id, RpcRequest request, NetconfProfile profile, bool chunked)
    {
        var head = new ArrayBufferWriter<byte>(Overhead);
        head.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\""u8);
        foreach (var (prefix, ns) in profile.Prefixes)
            Attribute(head, "xmlns:" + prefix, ns);

        foreach (var (name, value) in request.Attributes)
            Attribute(head, name, value);

        head.Write(" message-id=\""u8);
        Utf8Formatter.TryFormat(id, head.GetSpan(20), out var count);
        head.Advance(count);
        head.Write("\">"u8);
        if (!chunked && request.Body.Span.IndexOf(FrameWriter.EndOfMessage) >= 0)
            throw new ArgumentException($"{request.Operation} holds ']]>]]>', which ends a message for a server that knows only :base:1.0.", nameof(request));

        var message = new ArrayBufferWriter<byte>(head.WrittenCount + request.Body.Length + 64);
        FrameWriter.Write(message, chunked, head.WrittenMemory, request.Body, Tail);
        return message;
    }

    private static ReadOnlyMemory<byte> Tail { get; } = "</rpc>"u8.ToArray();

    private static void Attribute(ArrayBufferWriter<byte> to, string name, string value)
    {
        to.Write(" "u8);
        to.Write(Encoding.UTF8.GetBytes(name));
        to.Write("=\""u8);
        to.Write(Encoding.UTF8.GetBytes(SecurityElement.Escape(value)));
        to.Write("\""u8);
    }
}
