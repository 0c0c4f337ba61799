using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Engine;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf;

/// <summary>
/// A reply read while it comes. <see cref="Reader"/> throws <see cref="XmlException"/> where the server's XML is broken, and <see cref="NetconfException"/> where the session ended.
/// </summary>
public sealed class StreamedReply : IAsyncDisposable
{
    private readonly string operation;
    private readonly ReplyPipe pipe;

    internal StreamedReply(string operation, IReadOnlyDictionary<string, string> attributes, ReplyPipe pipe)
    {
        this.operation = operation;
        this.pipe = pipe;
        Attributes = attributes;
        Reader = SafeXml.AsyncReader(pipe);
    }

    /// <summary>The attributes of the <c>rpc-reply</c> element.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>Before the <c>rpc-reply</c> element at first. It may be read asynchronously; a synchronous read blocks its thread while nothing comes.</summary>
    public XmlReader Reader { get; }

    /// <summary>Moves to the first element within the reply that is data; false when there is none (<c>ok</c>, or nothing).</summary>
    /// <exception cref="RpcErrorException">The reply begins with an error.</exception>
    public async Task<bool> MoveToDataAsync()
    {
        while (await Reader.ReadAsync().ConfigureAwait(false))
        {
            if (Reader.NodeType != XmlNodeType.Element || Reader.Depth == 0)
                continue;

            if (Reader.LocalName == "rpc-error")
                await Refuse().ConfigureAwait(false);

            return Reader.LocalName != "ok";
        }

        return false;
    }

    /// <summary>Lets what has not been read be passed over.</summary>
    public async ValueTask DisposeAsync() => await pipe.DisposeAsync().ConfigureAwait(false);

    private async Task Refuse()
    {
        // Not disposed of: where the XML is broken that would read on, and wait for what never comes.
        var subtree = Reader.ReadSubtree();
        var element = await XElement.LoadAsync(subtree, LoadOptions.None, CancellationToken.None).ConfigureAwait(false);
        throw new RpcErrorException(operation, new RpcReply(new MessageBytes(), Attributes, [RpcError.Read(element)], saysOk: false));
    }
}
