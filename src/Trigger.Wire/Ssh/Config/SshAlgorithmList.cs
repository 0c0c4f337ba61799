namespace Trigger.Wire.Ssh.Config;

/// <summary>A list of algorithms as ssh_config(5) writes it: in full, or with <c>+</c> appended, <c>-</c> removed (with wildcards), <c>^</c> put first.</summary>
internal static class SshAlgorithmList
{
    internal static IReadOnlyList<string> Change(IReadOnlyList<string> ours, string? said)
    {
        if (said is null)
            return ours;

        var names = said.TrimStart('+', '-', '^').Split(',');
        return said[0] switch
        {
            '+' => [.. ours, .. names.Except(ours)],
            '-' => [.. ours.Where(name => !names.Any(pattern => HostNames.Match(pattern, name)))],
            '^' => [.. names, .. ours.Except(names)],
            _ => [.. names.Distinct()],
        };
    }
}
