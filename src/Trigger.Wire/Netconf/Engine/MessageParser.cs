using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>Reads a whole message once, from its first byte to its last: what is not well-formed never leaves here.</summary>
internal static class MessageParser
{
    internal static (MessageHead Head, RpcReply? Reply, XElement? Tree) Parse(MessageBytes message)
    {
        try
        {
            using var reader = SafeXml.Reader(message.Open());
            if (reader.MoveToContent() != XmlNodeType.Element)
                throw Bad("The message has no element.");

            var head = MessageHead.Of(reader);
            if (head.Name == "rpc-reply")
                return (head, Reply(reader, head, message), null);

            return (head, null, XElement.Load(reader, LoadOptions.PreserveWhitespace));
        }
        catch (XmlException e)
        {
            throw Bad(e.Message);
        }
    }

    internal static NetconfException Bad(string why) => new(new NetconfFault.BadMessage(why));

    // Some servers put an rpc-error deep into a reply of their own making (Junos: load-configuration-results), so every depth is looked at.
    private static RpcReply Reply(XmlReader reader, MessageHead head, MessageBytes message)
    {
        List<RpcError>? errors = null;
        var saysOk = false;
        var more = reader.Read();
        while (more)
        {
            if (reader.Depth > SafeXml.Deepest)
                throw Bad($"Elements are nested deeper than {SafeXml.Deepest}.");

            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.LocalName == "rpc-error" && IsBase(reader.NamespaceURI, head))
                {
                    using var error = reader.ReadSubtree();
                    (errors ??= []).Add(RpcError.Read(XElement.Load(error)));
                }
                else if (reader.Depth == 1 && reader.LocalName == "ok")
                {
                    saysOk = true;
                }
            }

            more = reader.Read();
        }

        return new RpcReply(message, head.Attributes, errors ?? (IReadOnlyList<RpcError>)[], saysOk);
    }

    // A server that forgets the namespace of its reply forgets that of its errors, too.
    private static bool IsBase(string ns, MessageHead head) => ns == NetconfNames.Base.NamespaceName || ns == head.Namespace;
}
