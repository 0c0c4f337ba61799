namespace Trigger.Wire.Ssh.Config;

/// <summary>A <c>Host</c> or <c>Match</c> line.</summary>
/// <param name="Patterns">One matches and none that begins with <c>!</c> does.</param>
/// <param name="OfHostName">Whether they are about the name after <c>HostName</c>, as <c>Match host</c> is.</param>
internal sealed record SshConfigCondition(IReadOnlyList<string> Patterns, bool OfHostName)
{
    internal bool Holds(string host, string hostName)
    {
        var name = OfHostName ? hostName : host;
        var holds = false;
        foreach (var pattern in Patterns)
        {
            var negated = pattern.StartsWith('!');
            if (!HostNames.Match(negated ? pattern.AsSpan(1) : pattern, name))
                continue;

            if (negated)
                return false;

            holds = true;
        }

        return holds;
    }
}
