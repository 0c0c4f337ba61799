using Trigger.Acl.Deciding;
using Trigger.Acl.Model;

namespace Trigger.Acl.Changing;

/// <summary>A shorter filter that was shown to decide every packet the same.</summary>
/// <param name="Steps">What was done, in words.</param>
public sealed record Optimisation(Filter Filter, IReadOnlyList<string> Steps, Comparison Proof);
