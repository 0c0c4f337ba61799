using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>What both kinds of backoff supervisors are told.</summary>
internal sealed record BackoffPlan(Props ChildProps, string ChildName, TimeSpan Min, TimeSpan Max, double RandomFactor, IBackoffReset Reset, object? Reply, Func<object, bool>? IsFinal);
