using Trigger.Acl.Model;

namespace Trigger.Acl.Changing;

/// <summary>One command of an edit plan.</summary>
/// <param name="State">The filter as it is once the command was carried out.</param>
public sealed record EditStep(string Command, Filter State);

/// <summary>The commands that lead from one filter to another, in an order in which no state between permits what neither end permits.</summary>
/// <param name="Commands">With those that open the list.</param>
/// <param name="Safe">Whether that was shown for every state between. A plan that is not safe says why in <paramref name="Problem"/>.</param>
public sealed record EditPlan(IReadOnlyList<string> Commands, IReadOnlyList<EditStep> Steps, bool Safe, string? Problem);
