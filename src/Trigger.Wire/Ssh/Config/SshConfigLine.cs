namespace Trigger.Wire.Ssh.Config;

/// <summary>One setting and the conditions under which it counts.</summary>
/// <param name="Keyword">In lower case.</param>
/// <param name="Rest">The arguments as they stand, for commands.</param>
internal sealed record SshConfigLine(string Keyword, IReadOnlyList<string> Arguments, string Rest, IReadOnlyList<SshConfigCondition> Conditions)
{
    internal bool Applies(string host, string hostName) => Conditions.All(condition => condition.Holds(host, hostName));
}
