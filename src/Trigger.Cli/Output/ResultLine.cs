using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trigger.Cli.Output;

/// <summary>One outcome as one line of JSON. Field names are an interface: programs read them.</summary>
internal sealed record ResultLine
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Run { get; init; }
    public required string Device { get; init; }
    public required string Platform { get; init; }
    public required int Step { get; init; }
    public required string Command { get; init; }

    /// <summary>"accepted", "refused" or "unknown".</summary>
    public required string Verdict { get; init; }

    public required string Output { get; init; }
    public string? FaultKind { get; init; }
    public string? FaultText { get; init; }
    public required long ElapsedMicroseconds { get; init; }

    public bool Ok => Verdict == "accepted";

    public void WriteTo(Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("run", Run);
            json.WriteString("device", Device);
            json.WriteString("platform", Platform);
            json.WriteNumber("step", Step);
            json.WriteString("command", Command);
            json.WriteBoolean("ok", Ok);
            json.WriteString("verdict", Verdict);
            json.WriteString("output", Output);
            WriteFault(json);
            json.WriteNumber("elapsed_ms", Math.Round(ElapsedMicroseconds / 1000.0, 3));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private void WriteFault(Utf8JsonWriter json)
    {
        if (FaultKind is null)
        {
            json.WriteNull("fault");
            return;
        }

        json.WriteStartObject("fault");
        json.WriteString("kind", FaultKind);
        json.WriteString("text", FaultText);
        json.WriteEndObject();
    }
}
