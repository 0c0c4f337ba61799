using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>How a step ended. There is no fourth way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepVerdict>))]
public enum StepVerdict
{
    /// <summary>The device answered, and not with an error.</summary>
    Accepted,

    /// <summary>The device answered with an error, or the step was not sent at all.</summary>
    Refused,

    /// <summary>It may have been carried out; a person must look.</summary>
    Unknown,
}
