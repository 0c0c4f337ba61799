namespace Trigger.Wire.Ssh.Config;

/// <summary>Times as sshd_config(5) writes them, TIME FORMATS: seconds, or numbers with the units s, m, h, d and w in a row, as <c>1h30m</c>.</summary>
internal static class SshConfigTime
{
    private static readonly int[] Units = [1, 60, 3600, 86_400, 604_800];

    internal static TimeSpan? Parse(string text)
    {
        long total = 0, number = -1;
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiDigit(c))
            {
                number = (Math.Max(number, 0) * 10) + (c - '0');
            }
            else if (number >= 0 && "smhdw".IndexOf(c, StringComparison.Ordinal) is >= 0 and var unit)
            {
                total += number * Units[unit];
                number = -1;
            }
            else
            {
                return null;
            }

            if (number > int.MaxValue || total > int.MaxValue)
                return null;
        }

        return text.Length == 0 ? null : TimeSpan.FromSeconds(total + Math.Max(number, 0));
    }
}
