using System.Text.Json;
using System.Text.Json.Serialization;
using Trigger.Devices;

namespace Trigger.Node.Api;

/// <summary>Reads a secret without a string of it being made, and writes dots.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A secret is a text.");

        Span<char> text = new char[reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length];
        var length = reader.CopyString(text);
        var secret = new Secret(text[..length]);
        text.Clear();
        return secret;
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
