using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trigger.Sessions;

namespace Trigger.Cli.Output;

/// <summary>Outcomes as lines of JSON. Field names are an interface: programs read them. One buffer serves all lines.</summary>
internal sealed class ResultJson(Stream output) : IDisposable
{
    private readonly ArrayBufferWriter<byte> line = new(16 * 1024);
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(ResultLine result)
    {
        line.ResetWrittenCount();
        json.Reset(line);
        json.WriteStartObject();
        json.WriteString("run", result.Run);
        json.WriteString("device", result.Device);
        json.WriteString("platform", result.Platform);
        json.WriteNumber("step", result.Step);
        json.WriteString("command", result.Command);
        json.WriteBoolean("ok", result.Ok);
        json.WriteString("verdict", result.Verdict);
        json.WriteString("output", result.Output);
        WriteFault(result);
        json.WriteNumber("elapsed_ms", Math.Round(result.ElapsedMicroseconds / 1000.0, 3));
        if (result.Notes is { } notes)
            WriteNotes(notes);
        if (result.Parsed is { } parsed)
            ParsedJson.Write(json, parsed);
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        output.Write(line.WrittenSpan);
    }

    public void Dispose() => json.Dispose();

    private void WriteNotes(StepNotes notes)
    {
        if (notes.Telnet)
            json.WriteBoolean("telnet_fallback", true);
        if (notes.LogLines is { } lines)
        {
            json.WriteStartArray("log_lines");
            foreach (var number in lines)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }

        if (notes.Answers is not { } answers)
            return;

        json.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("question", answer.Question);
            json.WriteString("answer", answer.Answer);
            json.WriteString("by", answer.By);
            json.WriteBoolean("aborted", answer.Aborted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFault(ResultLine result)
    {
        if (result.FaultKind is null)
        {
            json.WriteNull("fault");
            return;
        }

        json.WriteStartObject("fault");
        json.WriteString("kind", result.FaultKind);
        json.WriteString("text", result.FaultText);
        json.WriteEndObject();
    }
}
