using System.Text.Json;

namespace Trigger.Jobs;

/// <summary>A plan on its way to whoever follows the run of it; as the journal writes it.</summary>
public static class ChangePlanJson
{
    public static JsonElement Write(ChangePlan plan) => JsonSerializer.SerializeToElement(plan, RunEventJson.Context.ChangePlan);

    /// <exception cref="JsonException">It is no plan of ours.</exception>
    public static ChangePlan Read(JsonElement json) => json.Deserialize(RunEventJson.Context.ChangePlan) ?? throw new JsonException("A plan is an object, not null.");
}
