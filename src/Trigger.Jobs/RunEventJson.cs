using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>How a run's events are written down. Names are part of the journal's format: a journal of last year must be read next year.</summary>
public static class RunEventJson
{
    internal static readonly RunEventContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Write(RunEvent happened) => JsonSerializer.SerializeToUtf8Bytes(happened, Context.RunEvent);

    /// <exception cref="JsonException">The bytes are not an event of ours.</exception>
    public static RunEvent Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.RunEvent) ?? throw new JsonException("An event is an object, not null.");
}

[JsonSerializable(typeof(RunEvent))]
internal sealed partial class RunEventContext : JsonSerializerContext;
