using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Cli.Netconf;

/// <summary>What the device said, as XML for people or as one JSON object for programs.</summary>
internal sealed class NetconfAnswer(string device, string operation, bool json)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Json => json;

    /// <summary>Prints a reply: its data, or a word that it was done. Warnings go to standard error.</summary>
    public void Print(RpcReply reply)
    {
        if (!json)
            Warn(reply.Errors);

        if (json)
            Write(true, reply.Errors, writer => XmlToJson.Write(writer, "data", Content(reply)));
        else if (Content(reply) is [_, ..] content)
            XmlText.Write(Console.Out, content);
        else
            Console.WriteLine("ok");
    }

    /// <summary>Prints a reply while it comes, so that its size does not matter; as JSON it must be whole.</summary>
    public async Task Print(NetconfSession session, RpcRequest request, CancellationToken cancel)
    {
        if (json)
        {
            Print(await session.CallAsync(request, cancel).ConfigureAwait(false));
            return;
        }

        await using var reply = await session.StreamAsync(request, cancel).ConfigureAwait(false);
        if (await reply.MoveToDataAsync().ConfigureAwait(false))
            await XmlText.Copy(reply.Reader, Console.Out).ConfigureAwait(false);
        else
            Console.WriteLine("ok");
    }

    /// <summary>Prints something of our own making: <paramref name="text"/> for people, <paramref name="fields"/> for programs.</summary>
    public void Print(string text, Action<Utf8JsonWriter> fields)
    {
        if (json)
            Write(true, [], fields);
        else
            Console.WriteLine(text);
    }

    public int Refuse(IReadOnlyList<RpcError> errors)
    {
        if (json)
            Write(false, errors, null);
        else
            Say(errors);

        return ExitCode.SomeFailed;
    }

    public int Fail(string reason)
    {
        if (json)
            Write(false, [], writer => writer.WriteString("fault", reason));
        else
            Console.Error.WriteLine($"trigger: {device}: {reason}");

        return ExitCode.SomeFailed;
    }

    private static IReadOnlyList<XElement> Content(RpcReply reply) =>
        [.. reply.Root.Elements().Where(child => child.Name.LocalName is not ("ok" or "rpc-error"))];

    private void Warn(IReadOnlyList<RpcError> errors) => Say(errors);

    private void Say(IReadOnlyList<RpcError> errors)
    {
        foreach (var error in errors)
            Console.Error.WriteLine($"trigger: {device}: {operation}: {error}");
    }

    private void Write(bool ok, IReadOnlyList<RpcError> errors, Action<Utf8JsonWriter>? fields)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("device", device);
            writer.WriteString("operation", operation);
            writer.WriteBoolean("ok", ok);
            fields?.Invoke(writer);
            writer.WriteStartArray("errors");
            foreach (var error in errors)
                Write(writer, error);

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, RpcError error)
    {
        writer.WriteStartObject();
        writer.WriteString("type", error.Type);
        writer.WriteString("tag", error.Tag);
        writer.WriteString("severity", error.Severity);
        writer.WriteString("app_tag", error.AppTag);
        writer.WriteString("path", error.Path);
        writer.WriteString("message", error.Message);
        XmlToJson.Write(writer, "info", error.Info is null ? [] : [.. error.Info.Elements()]);
        writer.WriteEndObject();
    }
}
