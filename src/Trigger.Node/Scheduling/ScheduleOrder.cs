using Trigger.Node.Api;

namespace Trigger.Node.Scheduling;

/// <summary>What a caller of the API asks to be run at certain times.</summary>
/// <param name="Name">Up to 100 letters, digits, and any of <c>._-</c>.</param>
public sealed record ScheduleOrder(string? Name, ScheduleTimes? When, RunOrder? Run);
