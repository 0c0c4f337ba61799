using Trigger.Hocon;

namespace Trigger.Jobs.Policing;

/// <summary>What a policy says of a command.</summary>
/// <param name="Rule">Where the rule that decided stands, or the default when none fitted.</param>
/// <param name="Because">Why, where it is no rule that says so; usually empty.</param>
public sealed record CommandRuling(bool Allowed, ConfigOrigin Rule, string Because = "");
