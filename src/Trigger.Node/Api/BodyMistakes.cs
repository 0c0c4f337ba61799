using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Trigger.Node.Api;

/// <summary>What is wrong with the JSON of a request, all of it at once and in its caller's words; who reads it into records tells the first mistake only, and in ours.</summary>
internal sealed class BodyMistakes(JsonSerializerOptions options)
{
    private const int MostTold = 100;

    /// <summary>Looks at the body and leaves it to be read again. Empty for calls that take none.</summary>
    /// <param name="longest">Bytes; longer ones are refused by the server as they are read.</param>
    public async Task<IReadOnlyList<OrderMistake>> Of(HttpContext call, long longest)
    {
        if (call.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type || !call.Request.HasJsonContentType())
            return [];

        // In memory: a node's disk may be read-only.
        call.Request.EnableBuffering((int)Math.Min(longest, int.MaxValue), longest * 2);
        var mistakes = new List<OrderMistake>();
        try
        {
            using var body = await JsonDocument.ParseAsync(call.Request.Body, new JsonDocumentOptions { MaxDepth = options.MaxDepth }, call.RequestAborted).ConfigureAwait(false);
            Look(body.RootElement, options.GetTypeInfo(type), "", mistakes);
        }
        catch (JsonException broken)
        {
            mistakes.Add(new OrderMistake("", call.Request.Body.Position == 0
                ? "The request has no body; a JSON object is expected."
                : $"The body is no JSON: something is wrong at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."));
        }

        call.Request.Body.Position = 0;
        return mistakes;
    }

    private void Look(JsonElement value, JsonTypeInfo wanted, string path, List<OrderMistake> mistakes)
    {
        if (mistakes.Count >= MostTold || value.ValueKind == JsonValueKind.Null)
            return;

        switch (wanted.Kind)
        {
            case JsonTypeInfoKind.Object when Is(value, JsonValueKind.Object, "an object", path, mistakes):
                foreach (var field in value.EnumerateObject())
                    LookAt(field, wanted, path, mistakes);
                break;
            case JsonTypeInfoKind.Enumerable when Is(value, JsonValueKind.Array, "an array", path, mistakes):
                var number = 0;
                foreach (var element in value.EnumerateArray())
                    Look(element, options.GetTypeInfo(wanted.ElementType!), $"{path}[{number++}]", mistakes);
                break;
            case JsonTypeInfoKind.Dictionary when Is(value, JsonValueKind.Object, "an object", path, mistakes):
                foreach (var entry in value.EnumerateObject())
                    Look(entry.Value, options.GetTypeInfo(wanted.ElementType!), Below(path, entry.Name), mistakes);
                break;
            case JsonTypeInfoKind.None:
                LookAtPlain(value, Nullable.GetUnderlyingType(wanted.Type) ?? wanted.Type, path, mistakes);
                break;
        }
    }

    private void LookAt(JsonProperty field, JsonTypeInfo wanted, string path, List<OrderMistake> mistakes)
    {
        if (Named(wanted, field.Name) is { } known)
        {
            Look(field.Value, options.GetTypeInfo(known.PropertyType), Below(path, known.Name), mistakes);
            return;
        }

        // One that belongs elsewhere is the commonest mistake of those who write from memory.
        var elsewhere = wanted.Properties.Where(property => options.GetTypeInfo(property.PropertyType) is { Kind: JsonTypeInfoKind.Object } inner && Named(inner, field.Name) is not null).Select(property => Below(Below(path, property.Name), field.Name));
        mistakes.Add(new OrderMistake(Below(path, field.Name), elsewhere.FirstOrDefault() is { } place
            ? $"There is no such field here; it belongs at {place}."
            : $"There is no such field; there are {string.Join(", ", wanted.Properties.Select(property => property.Name))}."));
    }

    private static JsonPropertyInfo? Named(JsonTypeInfo type, string name) => type.Properties.FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void LookAtPlain(JsonElement value, Type type, string path, List<OrderMistake> mistakes)
    {
        if (type == typeof(string) || type == typeof(Trigger.Devices.Secret))
            Is(value, JsonValueKind.String, "a text", path, mistakes);
        else if (type == typeof(bool) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            mistakes.Add(new OrderMistake(path, "It must be true or false."));
        else if (type == typeof(int) && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out _)))
            mistakes.Add(new OrderMistake(path, "It must be a whole number."));
        else if (type == typeof(double))
            Is(value, JsonValueKind.Number, "a number", path, mistakes);
    }

    private static bool Is(JsonElement value, JsonValueKind kind, string name, string path, List<OrderMistake> mistakes)
    {
        if (value.ValueKind == kind)
            return true;
        mistakes.Add(new OrderMistake(path, $"It must be {name}."));
        return false;
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
