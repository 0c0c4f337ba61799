using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trigger.Sessions;

/// <summary>Notes as they are kept in a table.</summary>
public static class StepNotesJson
{
    public static string Write(StepNotes notes) => JsonSerializer.Serialize(notes, StepNotesContext.Default.StepNotes);

    /// <summary>Null where the text is none of ours: an outcome is shown without its notes rather than not at all.</summary>
    public static StepNotes? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StepNotesContext.Default.StepNotes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StepNotes))]
internal sealed partial class StepNotesContext : JsonSerializerContext;
