using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using Trigger.Wire.Netconf;

namespace Trigger.Tests.Wire.Netconf;

/// <summary>The far end of a session, said by hand: it reads our messages and writes whatever bytes a test wants.</summary>
internal sealed partial class ScriptedServer : IAsyncDisposable
{
    internal const string Base10 = "urn:ietf:params:netconf:base:1.0";
    internal const string Base11 = "urn:ietf:params:netconf:base:1.1";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Pipe ours = new();
    private readonly Pipe theirs = new(new PipeOptions(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024));
    private readonly StringBuilder heard = new();

    internal ScriptedServer() => Client = new Duplex(theirs.Reader.AsStream(), ours.Writer.AsStream());

    /// <summary>The stream that the session gets.</summary>
    internal Stream Client { get; }

    internal bool Chunks { get; set; }

    internal static string Hello(params string[] capabilities) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>{string.Concat(capabilities.Select(uri => $"<capability>{uri}</capability>"))}</capabilities><session-id>7</session-id></hello>""";

    /// <summary>Connects a session to this server and exchanges hellos.</summary>
    internal async Task<NetconfSession> Connect(NetconfOptions? options = null, bool chunks = true, params string[] capabilities)
    {
        var connecting = NetconfSession.ConnectAsync(new NetconfRoute.Over(Client), options, TestContext.Current.CancellationToken);
        await Raw(Hello([Base10, .. chunks ? new[] { Base11 } : [], .. capabilities]) + "]]>]]>");
        await NextHello();
        Chunks = chunks && options?.AllowChunks != false;
        return await connecting.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    internal async Task Raw(string bytes)
    {
        await theirs.Writer.WriteAsync(Encoding.UTF8.GetBytes(bytes), TestContext.Current.CancellationToken);
    }

    internal Task Say(string message) => Raw(Chunks ? $"\n#{Encoding.UTF8.GetByteCount(message)}\n{message}\n##\n" : message + "]]>]]>");

    internal Task Reply(string id, string content) => Say($"""<rpc-reply message-id="{id}" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">{content}</rpc-reply>""");

    /// <summary>The next request: its message-id and its text.</summary>
    internal async Task<(string Id, string Xml)> Next()
    {
        var message = Chunks ? await Message(Chunked()) : await NextHello();
        return (MessageId().Match(message).Groups[1].Value, message);
    }

    internal Task<string> NextHello() => Message(Eom());

    /// <summary>Answers the next request with <paramref name="content"/>, and says what was asked.</summary>
    internal async Task<string> Answer(string content)
    {
        var (id, xml) = await Next();
        await Reply(id, content);
        return xml;
    }

    /// <summary>Ends our side of the line, in order.</summary>
    internal async Task HangUp() => await theirs.Writer.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await theirs.Writer.CompleteAsync();
        await ours.Reader.CompleteAsync();
    }

    private async Task<string> Message(Regex pattern)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var match = pattern.Match(heard.ToString());
            if (match.Success)
            {
                heard.Remove(0, match.Length);
                return match.Groups[1].Value;
            }

            var read = await ours.Reader.ReadAsync(patience.Token);
            foreach (var part in read.Buffer)
                heard.Append(Encoding.UTF8.GetString(part.Span));

            ours.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted && !pattern.IsMatch(heard.ToString()))
                throw new EndOfStreamException($"The client has hung up; left: '{heard}'.");
        }
    }

    [GeneratedRegex(@"^(.*?)\]\]>\]\]>", RegexOptions.Singleline)]
    private static partial Regex Eom();

    [GeneratedRegex(@"^\n#\d+\n(.*?)\n##\n", RegexOptions.Singleline)]
    private static partial Regex Chunked();

    [GeneratedRegex("message-id=\"([^\"]*)\"")]
    private static partial Regex MessageId();

    private sealed class Duplex(Stream reads, Stream writes) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reads.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writes.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => writes.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            reads.Dispose();
            writes.Dispose();
            base.Dispose(disposing);
        }
    }
}
