using System.Text;
using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Engine;

namespace Trigger.Wire.Junoscript;

/// <summary>The wire side of a session: our document goes out, theirs is read as it grows, element by element.</summary>
internal sealed class JunoscriptLine : ILineObserver, IDisposable
{
    // What the reference says; the device wants a release, and any will do.
    private static string Opening =>
        $"<?xml version=\"1.0\" encoding=\"us-ascii\"?>\n<junoscript version=\"1.0\" hostname=\"{System.Security.SecurityElement.Escape(Environment.MachineName)}\" release=\"7.6R2.9\">\n";

    private readonly LineCredentials? credentials;
    private readonly ReplyPipe document;
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<JunoscriptReply>> asked = new();
    private readonly TaskCompletionSource<string> greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<NetconfFault> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ILine> attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetconfFault? end;
    private bool leaving;

    internal JunoscriptLine(LineCredentials? credentials)
    {
        this.credentials = credentials;
        document = new ReplyPipe(() => With(line => line.Resume()));
    }

    /// <summary>Their opening tag has come; the release it names.</summary>
    internal Task<string> Greeted => greeted.Task;

    internal Task<NetconfFault> Over => over.Task;

    public void Authenticating(LineGreeting greeting)
    {
        if (credentials is null)
            Break(new NetconfFault.Line(new WireFault.Misconfigured("The device asks for credentials, and none were given.")));
        else
            With(line => line.Authenticate(credentials));
    }

    public void Opened(LineGreeting greeting)
    {
        Say(Opening);
        _ = Task.Run(Read);
    }

    public void Received(ReadOnlyMemory<byte> bytes)
    {
        document.Add(bytes);
        if (document.IsFull)
            With(line => line.Pause());
    }

    public void Closed(WireFault? fault)
    {
        var why = fault is not null ? new NetconfFault.Line(fault) : leaving ? new NetconfFault.Ended("") : (NetconfFault)new NetconfFault.Closed("");
        document.Break(why);
        End(why);
    }

    internal void Attach(ILine line) => attached.TrySetResult(line);

    internal Task<JunoscriptReply> Ask(XElement operation)
    {
        var answer = new TaskCompletionSource<JunoscriptReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var text = new XElement("rpc", operation).ToString(SaveOptions.DisableFormatting) + "\n";
        lock (gate)
        {
            if (end is { } fault)
                throw new NetconfException(fault);

            // Together, so that requests and their askers stand in the same order.
            asked.Enqueue(answer);
            Say(text);
        }

        return answer.Task;
    }

    /// <summary>Ends our document; the device then ends its own.</summary>
    internal void Finish()
    {
        leaving = true;
        Say("</junoscript>\n");
        With(line => line.Close());
    }

    public void Dispose() => document.Dispose();

    internal void Abort() => With(line => line.Abort());

    internal void Break(NetconfFault fault)
    {
        End(fault);
        document.Break(fault);
        Abort();
    }

    private async Task Read()
    {
        try
        {
            using var reader = SafeXml.AsyncReader(document);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;

                if (reader.Depth == 0)
                    Greet(reader);
                else
                    await Take(reader).ConfigureAwait(false);
            }

            End(leaving ? new NetconfFault.Ended("") : new NetconfFault.Closed(""));
        }
        catch (XmlException broken)
        {
            Break(new NetconfFault.BadMessage(broken.Message));
        }
        catch (NetconfException ended)
        {
            End(ended.Fault);
        }
        catch (ObjectDisposedException)
        {
            // The session was disposed of, and has ended already.
        }
    }

    private void Greet(XmlReader reader)
    {
        if (reader.LocalName != "junoscript")
            throw MessageParser.Bad($"It begins with <{FarText.Show(reader.LocalName)}>, not with <junoscript>.");

        greeted.TrySetResult(reader.GetAttribute("release") ?? "");
    }

    // A subtree's reader ends with its end tag; any other way would wait for what comes after it, which may be nothing until we ask again. It is not disposed of: where the XML is
    // broken that would read on, and wait for ever.
    private async Task Take(XmlReader reader)
    {
        var subtree = reader.ReadSubtree();
        var element = await XElement.LoadAsync(subtree, LoadOptions.PreserveWhitespace, CancellationToken.None).ConfigureAwait(false);
        if (element.Name.LocalName != "rpc-reply")
            return;

        TaskCompletionSource<JunoscriptReply>? asker;
        lock (gate)
            asked.TryDequeue(out asker);

        if (asker is null)
            throw MessageParser.Bad("It sent a reply although nothing was asked.");

        asker.TrySetResult(new JunoscriptReply(element));
    }

    private void End(NetconfFault fault)
    {
        lock (gate)
        {
            end ??= fault;
            while (asked.TryDequeue(out var asker))
            {
                asker.TrySetException(new NetconfException(fault));
                _ = asker.Task.Exception;
            }
        }

        if (greeted.TrySetException(new NetconfException(fault)))
            _ = greeted.Task.Exception;

        over.TrySetResult(end);
    }

    private void Say(string text) => With(line => line.Write(Encoding.UTF8.GetBytes(text)));

    // The first news may come before the dial has returned its line.
    private void With(Action<ILine> act)
    {
        if (attached.Task.IsCompletedSuccessfully)
            act(attached.Task.Result);
        else
            attached.Task.ContinueWith(line => act(line.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
